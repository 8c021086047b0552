import type { PortolanEvent, ProblemDocument } from '@portolan/domain';

/** About so many characters at a time go to the disk. */
const BATCH = 1 << 16;

/** A problem as JSON, an entry a line: in pieces, since a large one is longer than a string can be. */
export const problemText = (problem: ProblemDocument): Iterable<string> => inBatches(pieces(problem));

function* pieces(problem: ProblemDocument): Iterable<string> {
  let before = '{\n';
  for (const [field, value] of Object.entries(problem)) {
    yield `${before}"${field}": `;
    if (Array.isArray(value)) yield* entries(value);
    else yield JSON.stringify(value);
    before = ',\n';
  }
  yield '\n}\n';
}

function* entries(list: readonly unknown[]): Iterable<string> {
  yield '[';
  let before = '\n';
  for (const entry of list) {
    yield before + JSON.stringify(entry);
    before = ',\n';
  }
  yield list.length > 0 ? '\n]' : ']';
}

/** Events as JSON lines; `told` hears now and then, and at the end, how many there are so far. */
export function* eventLines(events: Iterable<PortolanEvent>, told: (count: number) => void): Iterable<string> {
  let count = 0;
  for (const batch of inBatches(lines(events, () => count++))) {
    yield batch;
    told(count);
  }
}

function* lines(events: Iterable<PortolanEvent>, each: () => void): Iterable<string> {
  for (const event of events) {
    each();
    yield `${JSON.stringify(event)}\n`;
  }
}

function* inBatches(texts: Iterable<string>): Iterable<string> {
  let batch = '';
  for (const text of texts) {
    batch += text;
    if (batch.length < BATCH) continue;
    yield batch;
    batch = '';
  }
  if (batch !== '') yield batch;
}
