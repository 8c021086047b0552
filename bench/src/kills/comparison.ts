import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Compared {
  readonly lines: number;
  /** Lines that are not the same in both, or are in one of them only. */
  readonly different: number;
  /** The first of them. */
  readonly first?: { readonly line: number; readonly pointer: string; readonly one: string; readonly other: string };
}

/** Compares a file of two folders line by line. */
export async function compared(one: string, other: string, file: string): Promise<Compared> {
  const [left, right] = [linesOf(join(one, file)), linesOf(join(other, file))];
  let [lines, different] = [0, 0];
  let first: Compared['first'];
  for (;;) {
    const [a, b] = await Promise.all([left.next(), right.next()]);
    if (a.done && b.done) return { lines, different, ...(first && { first }) };
    lines += 1;
    if (a.value === b.value) continue;
    different += 1;
    first ??= { line: lines, ...differenceBetween(a.value, b.value) };
  }
}

const linesOf = (path: string): AsyncIterator<string, undefined> =>
  createInterface({ input: createReadStream(path), crlfDelay: Infinity })[Symbol.asyncIterator]() as AsyncIterator<
    string,
    undefined
  >;

function differenceBetween(one: string | undefined, other: string | undefined) {
  if (one === undefined || other === undefined) return { pointer: '', one: shown(one), other: shown(other) };
  const { pointer, values } = firstDifference(JSON.parse(one), JSON.parse(other));
  return { pointer, one: shown(JSON.stringify(values[0])), other: shown(JSON.stringify(values[1])) };
}

/** Where two JSON values differ first (RFC 6901), and what is there. */
export function firstDifference(
  one: unknown,
  other: unknown,
  pointer = '',
): { pointer: string; values: [unknown, unknown] } {
  if (!isBranch(one) || !isBranch(other)) return { pointer, values: [one, other] };
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  const name = names.find((each) => JSON.stringify(one[each]) !== JSON.stringify(other[each]));
  return name === undefined
    ? { pointer, values: [one, other] }
    : firstDifference(one[name], other[name], `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
}

const isBranch = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const shown = (text: string | undefined): string => (text ?? 'nothing').slice(0, 400);
