import fc from 'fast-check';
import { canonicalText, compact, composed } from './content.js';

describe('the canonical text of contents', () => {
  it('has its keys in order, whatever their order was, and says nothing as null', () => {
    expect(canonicalText({ b: [{ d: 1, c: undefined }, undefined], a: 'x"y' })).toBe(
      '{"a":"x\\"y","b":[{"c":null,"d":1},null]}',
    );
    expect(canonicalText({ 9: 1, 10: 2, b: { 2: 0, 11: 1 } })).toBe('{"10":2,"9":1,"b":{"11":1,"2":0}}');
    expect(canonicalText(undefined)).toBe('null');
  });

  it('is the same whether written at once or member by member', () => {
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
    fc.assert(fc.property(tree, (value) => expect(canonicalText(value)).toBe(composed(value))));
  });
});

describe('an object without what is undefined', () => {
  it('is itself where nothing is', () => {
    const whole = { a: 1, b: null };
    expect(compact(whole)).toBe(whole);
    expect(compact({ ...whole, c: undefined })).toStrictEqual(whole);
  });
});
