import fc from 'fast-check';
import { ProblemError } from '../problems/problem-error.js';
import { syntaxFault } from './json-syntax.js';
import { parseJson } from './parse-json.js';

const bytes = (text: string) => Buffer.from(text, 'utf8');
const problemOf = (input: Uint8Array | null): ProblemError => {
  try {
    parseJson(input);
  } catch (error) {
    return error as ProblemError;
  }
  throw new Error('was parsed');
};

describe('a JSON body', () => {
  it('is read with and without a byte order mark', () => {
    expect(parseJson(bytes('{"a":[1,"é",null]}'))).toEqual({ a: [1, 'é', null] });
    expect(parseJson(bytes('\uFEFF[]'))).toEqual([]);
  });

  it.each([
    ['{"a":1,}', 'Line 1, column 8: expected a key in double quotes, found "}".'],
    ['{\n  "a": 1\n  "b": 2}', "Line 3, column 3: expected ',' or '}', found \"\\\"\"."],
    ['[1,]', 'Line 1, column 4: expected a value, found "]".'],
    ['{"a":undefined}', 'Line 1, column 6: expected a value, found "undefined".'],
    ['{"a":01}', 'Line 1, column 6: expected a value, found "01".'],
    ["{'a':1}", "Line 1, column 2: expected a key in double quotes or '}', found \"'\"."],
    ['{"a":1', "Line 1, column 7: expected ',' or '}', but the text ends."],
    ['"abc', 'Line 1, column 1: the string that begins here does not end.'],
    ['"a\\x"', 'Line 1, column 3: \\x is not an escape of JSON.'],
    ['{} {}', 'Line 1, column 4: expected the end, found "{".'],
    ['   ', 'Line 1, column 4: expected a value, but the text ends.'],
    ['ETA;12', 'Line 1, column 1: expected a value, found "ETA".'],
  ])('that is wrong (%j) is told where', (text, detail) => {
    const problem = problemOf(bytes(text));
    expect([problem.code, problem.detail]).toEqual(['malformed-json', detail]);
  });

  it('has line and column for programs too', () =>
    expect(problemOf(bytes('[\n1 2]')).members).toEqual({ line: 2, column: 3 }));

  it('that is empty, or not UTF-8, is named as such', () => {
    expect(problemOf(null).code).toBe('empty-body');
    expect(problemOf(Buffer.from([0x22, 0xff, 0x22])).detail).toContain('UTF-8');
  });

  it('may nest 64 deep and no deeper, however long the nesting goes on', () => {
    const nested = (depth: number) => bytes('['.repeat(depth) + ']'.repeat(depth));
    expect(() => parseJson(nested(64))).not.toThrow();
    expect(problemOf(nested(65)).detail).toBe('Line 1, column 65: nested more than 64 deep.');
    expect(problemOf(bytes('{"a":'.repeat(1_000_000))).detail).toContain('nested more than 64 deep');
    expect(() => parseJson(bytes(JSON.stringify('['.repeat(100) + '\\"')))).not.toThrow();
  });

  it('has no key __proto__, however it was spelt', () => {
    for (const key of ['__proto__', '\\u005f_pr\\u006fto__']) {
      const value = parseJson(bytes(`{"a":{"${key}":{"admin":true},"b":1}}`)) as { a: object };
      expect(Object.keys(value.a)).toEqual(['b']);
      expect(Object.assign({}, value.a)).not.toHaveProperty('admin');
    }
  });
});

describe('the search for a fault', () => {
  it('finds none in what JSON.parse accepts', () => {
    fc.assert(fc.property(fc.json(), (text) => syntaxFault(text) === undefined));
  });

  it('finds one in what JSON.parse refuses', () => {
    const damaged = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', '"', ',', '}', '\\', 'x', '0', '-'))
      .map(([text, at, what]) => {
        const place = at % text.length;
        return text.slice(0, place) + what + text.slice(place + 1);
      });
    fc.assert(
      fc.property(damaged, (text) => {
        const fault = syntaxFault(text);
        return (fault === undefined) === accepts(text);
      }),
      { numRuns: 1000 },
    );
  });
});

function accepts(text: string): boolean {
  try {
    return JSON.parse(text) !== Symbol.iterator;
  } catch {
    return false;
  }
}
