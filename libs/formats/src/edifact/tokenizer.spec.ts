import fc from 'fast-check';
import { readEdifact } from './edifact.js';
import { interchangesOf } from './interchange.js';
import { defaultSyntax, segmentText } from './segment.js';
import { segmentsIn } from './tokenizer.js';

const segmentsOf = (text: string) => [...segmentsIn(text)];
const valuesOf = (text: string) => segmentsOf(text).map((each) => [each.tag, each.values()]);
const terminated = (parts: string[]) => parts.map((each) => `${each}'`);
const parts = ["UNB+UNOA:2+A+B+260305:1200+7'", "UNH+1+CODECO:D:95B:UN'", "BGM+34+X+9'", "UNT+3+1'", "UNZ+1+7'"];

describe('segments', () => {
  it.each([
    ['nothing', ''],
    ['LF', '\n'],
    ['CR', '\r'],
    ['CRLF', '\r\n'],
    ['blank lines', '\r\n\r\n  '],
  ])('are the same with %s between them', (_, between) => {
    expect(valuesOf(parts.join(between))).toEqual(valuesOf(parts.join('')));
    expect(valuesOf(`\uFEFFUNA:+.? '${between}${parts.join(between)}`)).toEqual(valuesOf(parts.join('')));
  });

  it('may have other service characters, which end with their interchange', () => {
    const other = `UNA|*,! ~UNB*UNOA|2*A*B*260305|1200*7~UNZ*0*7~`;
    expect(valuesOf(`${other}UNB+UNOC:3+C'`)).toEqual([
      ['UNB', [['UNOA', '2'], ['A'], ['B'], ['260305', '1200'], ['7']]],
      ['UNZ', [['0'], ['7']]],
      ['UNB', [['UNOC', '3'], ['C']]],
    ]);
  });

  it('release terminators, separators and the release character itself', () => {
    const [segment, next] = segmentsOf("FTX+AAA+++O?'NEIL?+SONS?: 5 ?? 3:B'DTM+7'");
    expect(segment!.value(4)).toBe("O'NEIL+SONS: 5 ? 3");
    expect(segment!.value(4, 1)).toBe('B');
    expect(next!.tag).toBe('DTM');
    expect(segmentsOf("FTX+ends in a release??'DTM+7'").map(({ tag }) => tag)).toEqual(['FTX', 'DTM']);
  });

  it('wrapped at a line of 10 characters are put together again', () => {
    expect(valuesOf(parts.join('').replace(/(.{10})/g, '$1\r\n'))).toEqual(valuesOf(parts.join('')));
  });

  it('of level B have control characters between their values', () => {
    expect(valuesOf('UNB\x1dUNOB\x1f1\x1dA\x1cUNZ\x1d0\x1c')).toEqual([
      ['UNB', [['UNOB', '1'], ['A']]],
      ['UNZ', [['0']]],
    ]);
  });

  const value = fc.string({ unit: fc.constantFrom(...`AZaz09 .,:+?'/-é`), maxLength: 8 });
  const values = fc.array(fc.array(value, { minLength: 1, maxLength: 4 }), { maxLength: 5 });

  it('that are written out are read as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('BGM', 'FTX', 'LOC'), values)), (written) => {
        const text = written.map(([tag, each]) => `${segmentText(tag, each, defaultSyntax)}'`).join('\n');
        expect(valuesOf(text)).toEqual(written.map(([tag, each]) => [tag, each]));
      }),
    );
  });

  it('look up the same values as they are taken apart into', () => {
    fc.assert(
      fc.property(values, (written) => {
        const [segment] = segmentsOf(`${segmentText('FTX', written, defaultSyntax)}'`);
        written.forEach((each, element) =>
          each.forEach((expected, component) => expect(segment!.value(element + 1, component)).toBe(expected.trim())),
        );
      }),
    );
  });

  const pieces = fc.constantFrom(
    "UNA:+.? '",
    ...parts,
    "UNH+2+IFTSTA:D:00B:UN'",
    "UNH+3+BAPLIE:D:95B:UN'",
    "UNH+4+ORDERS:D:96A:UN'",
    "EQD+CN+MSKU1234565+45G1+++5'",
    "LOC+147+0340482::5'",
    "LOC+9+BEANR'",
    "STS+1+AE'",
    "CNI+1'",
    "TDT+20+1W+1+++++9321483:146'",
    "DTM+7:202603051200:203'",
    "LIN+1++123:EN'",
    "DTM+137:::'",
    '+',
    '?',
    "'",
    '\n',
    'ÿ',
  );

  it('of any text never make the reader throw, and reading twice gives the same', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.array(pieces).map((each) => each.join('')),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const read = () => JSON.stringify(readEdifact(text, { received: Date.UTC(2026, 2, 6) }));
        expect(read()).toBe(read());
      }),
      { numRuns: 1000 },
    );
  });
});

describe('interchanges', () => {
  it('hold several messages, and a file several interchanges; each is counted from 0', () => {
    const two = [...parts.slice(0, 4), ...parts.slice(1, 4), "UNZ+2+7'"].join('');
    const read = interchangesOf(two + two);
    expect(read.map(({ messages }) => messages.map(({ pointer }) => pointer))).toEqual([
      ['/interchange/0/message/0', '/interchange/0/message/1'],
      ['/interchange/1/message/0', '/interchange/1/message/1'],
    ]);
    expect(read.flatMap(({ flags }) => flags)).toEqual([]);
  });

  it('count their groups where they have some', () => {
    const grouped = [parts[0], "UNG+CODECO+A+B+260305:1200+1+UN+D:95B'", ...parts.slice(1, 4), "UNE+1+1'", "UNZ+1+7'"];
    expect(interchangesOf(grouped.join('')).flatMap(({ flags, strays }) => [...flags, ...strays])).toEqual([]);
  });

  it('may be missing around messages', () => {
    const [read] = interchangesOf(parts.slice(1, 4).join(''));
    expect(read).toMatchObject({ header: undefined, flags: [], messages: [{ flags: [] }] });
  });

  it('with counts and references that do not agree are doubted, not refused', () => {
    const wrong = terminated([
      'UNB+UNOA:2+A+B+260305:1200+7',
      'UNH+1+CODECO:D:95B:UN',
      'BGM+34+X+9',
      'UNT+56+2',
      'UNZ+3+8',
    ]);
    const [read] = interchangesOf(wrong.join(''));
    expect(read!.flags).toEqual(['message-count: UNZ says 3, there are 1', 'control-reference: UNZ says 8, UNB 7']);
    expect(read!.messages[0]!.flags).toEqual([
      'segment-count: UNT says 56, there are 3',
      'message-reference: UNT says 2, UNH 1',
    ]);
  });

  it.each([
    ['cut off within a segment', ['UNH+2+CODECO:D:95B:UN', 'BGM+3'], '/interchange/0/message/1/segment/1', /cut off/],
    ['without UNT', ['UNH+2+CODECO:D:95B:UN', "BGM+34+X+9'"], '/interchange/0/message/1/segment/1', /UNT is missing/],
    [
      'with a broken segment',
      ['UNH+2+CODECO:D:95B:UN', 'BGM+34', 'eqd CN', "UNT+4+2'"],
      '/interchange/0/message/1/segment/2',
      /no segment tag/,
    ],
  ])('with a message %s refuse that one only', (_, broken, pointer, why) => {
    const [read] = interchangesOf(`${parts.slice(1, 4).join('')}${broken.join("'")}`);
    expect(read!.messages[0]!.fault).toBeUndefined();
    expect(read!.messages[1]!.fault).toMatchObject({ pointer, message: expect.stringMatching(why) });
  });

  // The segments of a message whose UNT had no terminator were read again and again, until memory was full.
  it('cut off at any place are read to their end', () => {
    const text = parts.join('').replace('BGM+34+X+9', "BGM+34+X+9'EQD+CN+CSQU3054383");
    for (let length = 1; length <= text.length; length += 1) {
      const reading = readEdifact(text.slice(0, length), { received: Date.UTC(2026, 2, 6) });
      expect('items' in reading ? reading.items.length : 0).toBeLessThan(3);
    }
  });

  it('tell of what stands outside of messages', () => {
    const [read] = interchangesOf([parts[0], "BGM+34'", ...parts.slice(1)].join(''));
    expect(read!.strays).toMatchObject([{ pointer: '/interchange/0/segment/1', value: 'BGM+34' }]);
  });
});
