import fc from 'fast-check';
import { placeInText } from './place.js';

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
    [undefined, '/header/1', 'id,colour\n', 'id,colour'],
    ['ais', '/3', '#\n\n!AIVDM\n', '!AIVDM'],
  ])('in lines of %s, %s, is the line or what is in it', (format, pointer, text, value) =>
    expect(found(text, format, pointer)).toBe(value),
  );

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
