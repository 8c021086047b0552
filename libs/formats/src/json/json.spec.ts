import fc from 'fast-check';
import { canonicalText } from './content.js';
import { parseJson } from './json.js';
import { mistakeIn } from './mistake.js';
import { textOf } from './text.js';

describe('JSON that is none', () => {
  it.each([
    ['{"a": 1,\n "b": x}', 'line 2, column 7: found "x}" where a value should be'],
    ['{"a": 1,}', 'line 1, column 9: found "}" where a name in quotes should be'],
    ['[1, 2', 'line 1, column 6: the text ends where "," or ] should be'],
    ['{"a" 1}', 'line 1, column 6: found "1}" where ":" should be'],
    ['{} {}', 'line 1, column 4: found "{}" where the end should be'],
    ['["a\nb"]', 'line 1, column 2: found "\\"a" where a value or ] should be'],
    ["{'a': 1}", `line 1, column 2: found "'a': 1}" where a name in quotes or } should be`],
  ])('%j is told by line and column', (text, told) => {
    const parsed = parseJson(text);
    expect(parsed.ok ? '' : parsed.faults[0]!.message).toBe(`is not JSON: ${told}`);
  });

  it('is found wherever JSON.parse finds it', () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', '"', 'x', '\\', '[', '\u0001'))
      .map(
        ([text, at, what]) => text.slice(0, at % (text.length + 1)) + what + text.slice((at % (text.length + 1)) + 1),
      );
    fc.assert(
      fc.property(broken, (text) => {
        let refused = false;
        try {
          JSON.parse(text);
        } catch {
          refused = true;
        }
        if (refused) expect(mistakeIn(text)).toMatch(/^is not JSON: line \d+, column \d+: /);
      }),
    );
  });

  it('is deep by its brackets alone, not by those inside texts', () => {
    const inside = JSON.stringify({ a: '['.repeat(100), b: '\\"{{'.repeat(100), '\\': '}"]' });
    expect(parseJson(`${'['.repeat(63)}${inside}${']'.repeat(63)}`).ok).toBe(true);
    expect(parseJson(`${'['.repeat(64)}${inside}${']'.repeat(64)}`).ok).toBe(false);
    expect(parseJson(`${'[[],'.repeat(40)}1${']'.repeat(40)}`).ok).toBe(true);
  });

  it('may be very deep or very long', () => {
    expect(parseJson('['.repeat(5_000_000)).ok).toBe(false);
    expect(parseJson('['.repeat(100_000) + ']'.repeat(100_000))).toMatchObject({
      faults: [{ message: 'is nested deeper than 64 levels' }],
    });
  });
});

describe('canonical text', () => {
  it('is JSON with its keys in the order of their code units, whatever is in them', () => {
    expect(canonicalText({ b: [1, null, { d: '"', c: '\\' }], a: 'é\ud800\n', '"': undefined })).toBe(
      '{"\\"":null,"a":"é\\ud800\\n","b":[1,null,{"c":"\\\\","d":"\\""}]}',
    );
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string()), (text) =>
        expect(canonicalText(text)).toBe(JSON.stringify(text)),
      ),
    );
  });
});

describe('text', () => {
  it('is UTF-8, with or without a byte order mark, or UTF-16 with one', () => {
    expect(textOf(Buffer.from('\uFEFFNégoce'))).toEqual({ ok: true, value: 'Négoce' });
    expect(textOf(Buffer.from('\uFEFFNégoce', 'utf16le'))).toEqual({ ok: true, value: 'Négoce' });
  });

  it('of another encoding is told by its first bad byte', () => {
    const parsed = textOf(Buffer.from('Négoce', 'latin1'));
    expect(parsed.ok ? '' : parsed.faults[0]!.message).toMatch(/is not UTF-8 \(byte 0xe9 at offset 1\)/);
  });

  it('is no workbook', () => {
    const parsed = textOf(Buffer.from([0x50, 0x4b, 3, 4, 0]));
    expect(parsed.ok ? '' : parsed.faults[0]!.message).toMatch(/save the sheet as CSV/);
  });
});
