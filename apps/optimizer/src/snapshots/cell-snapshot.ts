import { type State, stateFromLines, stateLines } from '@portolan/domain';

const FORMAT = 'portolan.snapshot/1';

/** A planning cell at a moment at which its live plan, where there is one, knows all of its state. */
export interface CellSnapshot {
  readonly state: State;
  /** What the planner needs to go on from that plan: JSON text that only it reads. */
  readonly live?: string;
}

interface Head {
  readonly format: string;
  readonly cell: string;
  readonly position: number;
  /** Is the second line the planner's? */
  readonly live: boolean;
}

/** A snapshot as UTF-8, made piece by piece when it is asked for; each has `size` bytes, but for the last. */
export function* snapshotPieces({ state, live }: CellSnapshot, size: number): Iterable<Buffer> {
  let [waiting, bytes]: [Buffer[], number] = [[], 0];
  for (const line of lines(state, live)) {
    waiting.push(Buffer.from(`${line}\n`));
    bytes += waiting.at(-1)!.byteLength;
    if (bytes < size) continue;
    const all = Buffer.concat(waiting);
    const whole = bytes - (bytes % size);
    for (let from = 0; from < whole; from += size) yield all.subarray(from, from + size);
    [waiting, bytes] = [[all.subarray(whole)], bytes - whole];
  }
  if (bytes > 0) yield Buffer.concat(waiting);
}

/** The snapshot of these pieces, in their order; `undefined` where it is not one of this program's format and fold. */
export function snapshotOf(pieces: readonly Uint8Array[]): CellSnapshot | undefined {
  const [first = '', ...rest] = Buffer.concat(pieces).toString('utf8').trimEnd().split('\n');
  const head = headIn(first);
  if (!head) return undefined;
  const live = head.live ? rest.shift() : undefined;
  const state = stateFromLines(rest);
  return state && { state, ...(live !== undefined && { live }) };
}

function* lines(state: State, live: string | undefined): Iterable<string> {
  const { cell, position } = state;
  yield JSON.stringify({ format: FORMAT, cell, position, live: live !== undefined } satisfies Head);
  if (live !== undefined) yield live;
  yield* stateLines(state);
}

function headIn(line: string): Head | undefined {
  try {
    const head = JSON.parse(line) as Head;
    return head.format === FORMAT ? head : undefined;
  } catch {
    return undefined;
  }
}
