import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { readMessage, standards } from './registry.js';
import { itemsOf, refusals } from './testing/read.js';

const reception = { received: Date.UTC(2026, 2, 2, 8) };
const formatOf = (body: string, contentType?: string, format?: string) => {
  const reading = readMessage({ body, contentType, format }, reception);
  return 'format' in reading ? reading.format : reading.unreadable[0]!.message;
};

const unknown = `is of no standard known here (${standards.map(({ name }) => name).join(', ')}): name one with format=`;

describe('a message', () => {
  it.each([
    ['{"eventType":"SHIPMENT"}', 'dcsa-tnt-2'],
    ['{"events":[{"eventClassification":{}}]}', 'dcsa-tnt-3'],
    ['[{"someEvents":[{"eventType":"SHIPMENT"}]}]', 'dcsa-tnt-3'],
    ['{"type":"EPCISDocument","@context":[],"schemaVersion":"2.0","epcisBody":{"eventList":[]}}', 'epcis-2.0'],
    ['[{"type":"ObjectEvent"}]', 'epcis-2.0'],
    ['[{"specversion":"1.0"}]', 'cloudevents'],
    ['{"specversion":"1.0"}\n{"specversion":"1.0"}\n', 'cloudevents'],
    ['id;product;location;quantity;available\n', 'csv-lots'],
  ])('%j is recognised by what it looks like', (body, format) =>
    expect(formatOf(body, 'application/json')).toBe(format),
  );

  it.each([
    ['hello', unknown],
    ['{"a":1}', unknown],
    ['{"a":1', 'is not JSON: line 1, column 7: the text ends where "," or } should be'],
    ['  \n', 'is empty'],
  ])('%j is told why it is not read', (body, why) => expect(formatOf(body)).toBe(why));

  it('is read as its sender names it, or told what names there are', () => {
    expect(formatOf('[]', undefined, 'dcsa-tnt-3')).toBe('dcsa-tnt-3');
    expect(formatOf('[]', undefined, 'dsca')).toMatch(/is no format known here.*perhaps dcsa/);
  });

  it('of any bytes, any name and any type does not make the reader throw', () => {
    const bytes = fc.oneof(fc.uint8Array(), fc.string(), fc.json());
    const name = fc.option(fc.constantFrom('csv', 'dcsa', 'cloudevents', 'jsonl', 'nothing'), { nil: undefined });
    fc.assert(
      fc.property(bytes, name, (body, format) => expect(readMessage({ body, format }, reception)).toBeDefined()),
      { numRuns: 1000 },
    );
  });
});

const example = new URL('../../../examples/antwerp-hinterland/data/', import.meta.url);

(existsSync(example) ? describe : describe.skip)('the example scenario (skipped where it is not there)', () => {
  it.each(['network.jsonl', 'services.csv', 'trucks.csv', 'lots.csv', 'orders.csv'])('%s is read whole', (file) => {
    const reading = readMessage({ body: readFileSync(new URL(file, example)) }, reception);
    expect(refusals(reading).slice(0, 3)).toEqual([]);
    expect(itemsOf(reading).length).toBeGreaterThan(5);
  });

  it('has a log of which every message is read whole', () => {
    const lines = readFileSync(new URL('log.jsonl', example), 'utf8').trim().split('\n');
    const wrong = lines.flatMap((line) => {
      const { at, format, body } = JSON.parse(line) as { at: string; format: string; body: unknown };
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const reading = readMessage({ body: text, format }, { received: Date.parse(at) });
      return refusals(reading);
    });
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(lines.length).toBeGreaterThan(100);
  });
});
