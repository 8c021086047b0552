import { type State, stateFromLines, stateLines } from '@portolan/domain';

const FORMAT = 'portolan.snapshot/1';

/** A planning cell at a moment at which its live plan, where there is one, knows all of its state. */
export interface CellSnapshot {
  readonly state: State;
  /** What the planner needs to go on from that plan; only it can read this. */
  readonly live?: Uint8Array;
}

/** The first line. Behind it come the planner's bytes, and then the lines of the state. */
interface Head {
  readonly format: string;
  readonly cell: string;
  readonly position: number;
  /** How many bytes are the planner's; 0 where it has said nothing. */
  readonly live: number;
}

const NEW_LINE = 10;

/** A snapshot as bytes, made piece by piece when it is asked for; each has `size` bytes, but for the last. */
export function* snapshotPieces(snapshot: CellSnapshot, size: number): Iterable<Buffer> {
  let [waiting, bytes]: [Uint8Array[], number] = [[], 0];
  for (const part of parts(snapshot)) {
    waiting.push(part);
    bytes += part.byteLength;
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
  const bytes = Buffer.concat(pieces);
  const end = bytes.indexOf(NEW_LINE);
  const head = headIn(bytes.toString('utf8', 0, Math.max(0, end)));
  if (!head) return undefined;
  const rest = bytes.subarray(end + 1 + head.live);
  const state = stateFromLines(rest.toString('utf8').trimEnd().split('\n'));
  return (
    state && { state, ...(head.live > 0 && { live: Uint8Array.from(bytes.subarray(end + 1, end + 1 + head.live)) }) }
  );
}

function* parts({ state, live }: CellSnapshot): Iterable<Uint8Array> {
  const { cell, position } = state;
  const head: Head = { format: FORMAT, cell, position, live: live?.byteLength ?? 0 };
  yield Buffer.from(`${JSON.stringify(head)}\n`);
  if (live) yield live;
  for (const line of stateLines(state)) yield Buffer.from(`${line}\n`);
}

function headIn(line: string): Head | undefined {
  try {
    const head = JSON.parse(line) as Head;
    return head.format === FORMAT ? head : undefined;
  } catch {
    return undefined;
  }
}
