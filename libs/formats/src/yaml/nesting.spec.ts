import { stringify } from 'yaml';
import { unshapely } from './nesting.js';
import { parseMapping } from '../mapping/parse.js';

const tooDeep = 'is nested deeper than 64 levels';
const staircase = (levels: number, step: (indent: string, level: number) => string): string =>
  Array.from({ length: levels }, (_, level) => step(' '.repeat(level), level)).join('\n');

describe('a YAML text', () => {
  it.each<[string, string]>([
    ['lists in brackets', '['.repeat(50_000)],
    ['lists in brackets that are closed', `${'['.repeat(70)}${']'.repeat(70)}`],
    ['lists in a line', '- '.repeat(50_000)],
    ['keys that are asked for', '? '.repeat(50_000)],
    ['keys in a line', 'a: '.repeat(33_000)],
    ['keys without a name', ': '.repeat(33_000)],
    ['keys in brackets', `{${'a: '.repeat(33_000)}`],
    ['keys that go in', staircase(400, (indent) => `${indent}a:`)],
    ['long keys that go in', staircase(200, (indent, level) => `${indent}${'a'.repeat(200 - level)}:`)],
    ['lists that go in', staircase(400, (indent) => `${indent}-`)],
    ['lists in lines that go in', Array.from({ length: 6 }, (_, k) => ' '.repeat(k * 40) + '- '.repeat(20)).join('\n')],
    ['brackets within keys that go in', `${staircase(40, (indent) => `${indent}a:`)} ${'['.repeat(30)}`],
  ])('of %s is refused before anything is built of it', (_, text) => {
    const began = performance.now();
    expect(unshapely(text)).toBe(tooDeep);
    expect(parseMapping(text)).toMatchObject({ faults: [{ message: `is no YAML that can be read: ${tooDeep}` }] });
    expect(performance.now() - began).toBeLessThan(500);
  });

  it('of nothing but directives is refused soon', () => {
    const began = performance.now();
    expect(parseMapping('%\n'.repeat(50_000))).toMatchObject({
      faults: [{ message: expect.stringContaining('20 dir') }],
    });
    expect(performance.now() - began).toBeLessThan(500);
  });

  it('may be long, and as deep as it says', () => {
    const nested = (depth: number, wrap: (inner: unknown) => unknown): unknown =>
      depth === 0 ? 1 : wrap(nested(depth - 1, wrap));
    for (const wrap of [
      (inner: unknown) => ({ 'a key': inner, b: [1, 2] }),
      (inner: unknown) => [inner, { a: 1, b: 2 }],
      (inner: unknown) => [{ b: '[[[[{{{{: : - - ', a: inner }],
    ])
      for (const options of [{}, { collectionStyle: 'flow' as const }]) {
        expect(unshapely(stringify(nested(20, wrap), options))).toBeUndefined();
        expect(unshapely(stringify(nested(70, wrap), options))).toBe(tooDeep);
      }
    expect(unshapely('- { a: 1, b: { c: [2] } } # [[[\n'.repeat(2000))).toBeUndefined();
    expect(unshapely(`a: |\n${'  - - - [[[\n'.repeat(2000)}b: "${'\n  - {'.repeat(2000)}"`)).toBeUndefined();
  });
});
