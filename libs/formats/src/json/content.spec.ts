import fc from 'fast-check';
import { canonicalText, compact } from './content.js';

describe('the canonical text of contents', () => {
  it('has its keys in order, whatever their order was, and says nothing as null', () => {
    expect(canonicalText({ b: [{ d: 1, c: undefined }, undefined], a: 'x"y' })).toBe(
      '{"a":"x\\"y","b":[{"c":null,"d":1},null]}',
    );
    expect(canonicalText({ 9: 1, 10: 2, b: { 2: 0, 11: 1 } })).toBe('{"10":2,"9":1,"b":{"11":1,"2":0}}');
    expect(canonicalText(undefined)).toBe('null');
  });

  it('is what the engine writes of a copy whose keys are in order', () => {
    const key = fc.oneof(fc.string(), fc.constantFrom('__proto__', '1', '10', '01', '-1', 'a'));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.string(),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('tree')),
        fc.dictionary(key, tie('tree')),
      ),
    }));
    fc.assert(fc.property(tree, (value) => expect(canonicalText(value)).toBe(textOf(value))));
  });
});

/** The same, member by member: an object does not keep all keys in the order in which they were set. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${textOf(each)}`).join(',')}}`;
}

describe('an object without what is undefined', () => {
  it('is itself where nothing is', () => {
    const whole = { a: 1, b: null };
    expect(compact(whole)).toBe(whole);
    expect(compact({ ...whole, c: undefined })).toStrictEqual(whole);
  });
});
