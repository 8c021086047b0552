import type { Message } from '../../registry.js';

/** How much of it: 1 is what is known from attacks, less is for tests. */
export const fullSize = 1;

const times = (count: number, size: number): number => Math.ceil(count * size);
const quoted = (before: string, inside: string, count: number, after: string): Buffer =>
  Buffer.concat([Buffer.from(before), Buffer.alloc(count, inside), Buffer.from(after)]);

/** Messages that are made to take long, or much room. */
const bombs: Readonly<Record<string, (size: number) => Message>> = {
  'a million brackets, open': (size) => ({ body: Buffer.alloc(times(1e6, size), '[') }),
  'a million brackets, open and closed': (size) => {
    const count = times(1e6, size);
    return { body: Buffer.concat([Buffer.alloc(count, '['), Buffer.alloc(count, ']')]) };
  },
  'a million objects, one inside the other': (size) => ({ body: Buffer.alloc(5 * times(1e6, size), '{"a":') }),
  'JSON of 100 MB, one string': (size) => ({ body: quoted('{"eventType":"', 'x', times(1e8, size), '"}') }),
  'JSON of 50 MB, one string without an end': (size) => ({ body: quoted('["', 'x', times(5e7, size), '') }),
  'a table with one cell of 100 MB': (size) => ({
    body: quoted('id,to,quantity\n"', 'x', times(1e8, size), '",B,4\n'),
    format: 'csv',
  }),
  'a table with one cell of 9 MB in many lines': (size) => ({
    body: quoted('id,to,quantity\n"', 'x\n', times(9e6, size), '",B,4\n'),
    format: 'csv',
  }),
  'a table of 9 MB of line ends and no header': (size) => ({
    body: Buffer.alloc(times(9e6, size), '\n'),
    format: 'csv',
  }),
  'a million lines of events': (size) => ({ body: Buffer.alloc(3 * times(1e6, size), '{}\n'), format: 'jsonl' }),
  '9 MB of line ends between events': (size) => ({
    body: quoted('{', '\n', times(9e6, size), '{'),
    format: 'jsonl',
  }),
  '9 MB of spaces in a sentence of AIS': (size) => ({
    body: quoted('!AIVDM,1,1,,A,0,0*00,1735689600', ' ', times(9e6, size), 'x'),
    format: 'ais',
  }),
  '9 MB of line ends before a sentence of AIS': (size) => ({
    body: Buffer.alloc(times(9e6, size), '\n'),
    format: 'ais',
  }),
};

export const bombNames = Object.keys(bombs);
export const bombOf = (name: string, size: number): Message => bombs[name]!(size);
