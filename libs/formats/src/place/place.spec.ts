import fc from 'fast-check';
import { message as edifact } from '../testing/edifact.js';
import { mappingOf } from '../testing/mapping.js';
import { messageText, placeInText } from './place.js';

const found = (text: string, format: string | undefined, pointer: string) => {
  const span = placeInText(text, format, pointer);
  return span && text.slice(span.start, span.end);
};

describe('the place that a pointer names', () => {
  const dcsa = '{ "page": 1,\n "events": [ {"a/b": "x"}, {"a/b": [1, {"~": "t\\"]wo"}], "c": -1.5e3 } ] }';

  it.each([
    ['/page', '1'],
    ['/events/0', '{"a/b": "x"}'],
    ['/events/1/a~1b/1/~0', '"t\\"]wo"'],
    ['/events/1/c', '-1.5e3'],
    ['', dcsa],
  ])('in JSON, %s, is that value', (pointer, value) => expect(found(dcsa, 'dcsa-tnt-3', pointer)).toBe(value));

  it('that is missing in JSON is the value it is missing in', () => {
    expect(found(dcsa, 'dcsa-tnt-3', '/events/0/eventID')).toBe('{"a/b": "x"}');
    expect(found('{"a": [1, 2', undefined, '/a/1')).toBe('2');
  });

  it.each([
    ['cloudevents', '/1/data/id', '{"id":1}\n\n{"data":{"id":"two"}}\n', '"two"'],
    ['cloudevents', '/1', '{"id":1}\n\noops\n', 'oops'],
    ['csv-orders', '/rows/1/quantity', 'id,quantity\n\nO-1,1\nO-2,x\n', 'O-2,x'],
    ['csv-orders', '/rows/1/quantity', 'id,quantity\r"O\r1",1\rO-2,x\r', 'O-2,x'],
    ['next-mode', '/rows/1/mode', 'container;mode\n;\nA;rail\n;\nB;tram\n', 'B;tram'],
    [undefined, '/header/1', 'id,colour\n', 'id,colour'],
    ['ais', '/3', '#\n\n!AIVDM\n', '!AIVDM'],
  ])('in lines of %s, %s, is the line or what is in it', (format, pointer, text, value) =>
    expect(found(text, format, pointer)).toBe(value),
  );

  it('in a table that is read by a mapping is the row that the mapping counts', () => {
    const mapping = mappingOf(
      'format: portolan.mapping/1\nname: own\nkind: orders\ntable: { headerRow: 2 }\nfields: { id: A, to: B, quantity: C }',
    );
    const text = 'Orders of March\n\nA;B;C\nO-1;X;1\nO-2;X;x\n';
    const at = (pointer: string) => {
      const span = placeInText(text, 'own', pointer, mapping);
      return span && text.slice(span.start, span.end);
    };
    expect([at('/rows/1/C'), at('/header')]).toEqual(['O-2;X;x', 'A;B;C']);
  });

  it.each([
    ['/interchange/1/message/0/segment/2', "DTM+137:260305?'1200:203'"],
    ['/interchange/1/message/0', "UNH+1+CODECO:D:95B:UN'"],
    ['/interchange/7/message/0', undefined],
  ])('in EDIFACT, %s, is that segment', (pointer, segment) => {
    const message = edifact('CODECO', ['BGM+34+G+9', "DTM+137:260305?'1200:203"]);
    expect(found(`${message}\n${message}`, 'edifact-codeco-d95b', pointer)).toBe(segment);
  });

  it('is looked for in the characters that the message says of itself', () => {
    const body = Buffer.from('A;B\né;ü\n', 'latin1');
    expect(messageText({ body, contentType: 'text/csv; charset=iso-8859-1' })).toEqual({
      ok: true,
      value: 'A;B\né;ü\n',
    });
    expect(messageText({ body }).ok).toBe(false);
  });

  it('that a text does not have is none', () => expect(placeInText('a,b\n', 'csv-orders', '/rows/7')).toBeUndefined());

  it('in JSON is where JSON.parse finds the value, whatever the message', () =>
    fc.assert(
      fc.property(fc.json(), fc.nat(3), (text, step) => {
        const value: unknown = JSON.parse(text);
        if (typeof value !== 'object' || value === null) return;
        const keys = Object.keys(value);
        const key = keys[step % Math.max(1, keys.length)];
        if (key === undefined || key === '__proto__') return;
        const pointer = `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
        expect(JSON.parse(found(text, 'epcis-2.0', pointer)!)).toEqual((value as Record<string, unknown>)[key]);
      }),
    ));

  it('never fails, whatever text and pointer', () =>
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.constantFrom('ais', 'cloudevents', undefined),
        (text, pointer, format) => {
          for (const each of [text, `{${text}`, `[${text}`]) {
            const span = placeInText(each, format, `/${pointer}`);
            expect(span === undefined || (span.start >= 0 && span.end <= each.length)).toBe(true);
          }
        },
      ),
    ));
});
