import { type PortolanEvent, parseEvent } from '@portolan/domain';
import fc from 'fast-check';
import { draftsOf, itemsOf, refusals } from '../testing/read.js';
import { readBinaryCloudEvent, readCloudEventLines, readCloudEvents } from './cloudevents.js';
import { decodeEvent, encodeEvent } from './kafka-binding.js';

const reception = { received: Date.UTC(2026, 2, 2, 8) };
const tick = {
  specversion: '1.0',
  id: 'tick/1',
  source: '/clock',
  type: 'org.portolan.clock.ticked',
  time: '2026-03-02T07:00:00Z',
  datacontenttype: 'application/json; charset=utf-8',
  data: { now: '2026-03-02T07:00:00Z' },
};
const read = (message: unknown) => readCloudEvents(message, reception);

describe('CloudEvents', () => {
  it('are read in structured and in batched mode', () => {
    expect(draftsOf(read(tick))).toEqual([{ ...tick, specversion: undefined, datacontenttype: 'application/json' }]);
    expect(draftsOf(read([tick, tick]))).toHaveLength(2);
  });

  it('are read in binary mode, with attributes percent-encoded in headers', () => {
    const headers = {
      'content-type': 'application/json',
      'ce-specversion': '1.0',
      'ce-id': 'caf%C3%A9',
      'ce-source': '/a',
      'ce-type': tick.type,
    };
    const drafts = draftsOf(readBinaryCloudEvent(headers, JSON.stringify(tick.data), reception));
    expect(drafts[0]).toMatchObject({ id: 'café', data: tick.data, time: '2026-03-02T08:00:00Z' });
  });

  it('in a batch are judged one by one', () => {
    const reading = read([
      tick,
      { ...tick, type: 'org.portolan.clock.tickd' },
      7,
      { ...tick, data: { now: 'noon', colour: 'red' } },
    ]);
    expect(itemsOf(reading).map(({ ok }) => ok)).toEqual([true, false, false, false]);
    expect(refusals(reading)).toEqual([
      [1, '/1/type', 'is not a type this log knows; perhaps org.portolan.clock.ticked'],
      [2, '/2', 'must be a CloudEvent, is a number'],
      [3, '/3/data/now', expect.stringContaining('RFC 3339')],
      [3, '/3/data/colour', 'is not a known field'],
    ]);
  });

  it('cannot set what the receiver sets', () => {
    const [draft] = draftsOf(read({ ...tick, recordedtime: '2001-01-01T00:00:00Z', partitionkey: 'another' }));
    expect(draft).not.toHaveProperty('recordedtime');
    expect(draft).not.toHaveProperty('partitionkey');
    expect(refusals(read({ ...tick, recordedtime: 'nonsense' }))).toEqual([]);
  });

  it('keep attributes that are not ours, and reject names that cannot be one', () => {
    expect(draftsOf(read({ ...tick, traceparent: '00-1' }))[0]!.data.extensions).toEqual({
      cloudevents: { traceparent: '00-1' },
    });
    expect(refusals(read({ ...tick, dataSchema: 'x' }))).toEqual([
      [0, '/dataSchema', 'is no attribute of a CloudEvent: lower-case letters and digits only; perhaps dataschema'],
    ]);
  });

  it('may carry their data in base64', () => {
    const { data, ...rest } = tick;
    const [draft] = draftsOf(read({ ...rest, data_base64: Buffer.from(JSON.stringify(data)).toString('base64') }));
    expect(draft!.data).toEqual(data);
  });

  it('with absurd dates are rejected, but a closure may end when it likes', () => {
    const closed = {
      ...tick,
      type: 'org.portolan.location.closed',
      data: { closure: 'C-1', location: 'BEANR-869', from: '1026-03-02T07:00:00Z', to: '9999-12-31T23:59:59Z' },
    };
    expect(refusals(read(closed)).map(([, pointer]) => pointer)).toEqual(['/data/from']);
    expect(refusals(read({ ...tick, time: '2099-01-01T00:00:00Z' })).map(([, pointer]) => pointer)).toEqual(['/time']);
  });

  it('come one a line too, and a broken line is one wrong item', () => {
    const reading = readCloudEventLines(`${JSON.stringify(tick)}\n\n{"a":\n${JSON.stringify(tick)}\n`, reception);
    expect(itemsOf(reading).map(({ ok }) => ok)).toEqual([true, false, true]);
  });

  it('are unharmed by keys that mean something to JavaScript', () => {
    const evil = JSON.parse(
      `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},${JSON.stringify(tick).slice(1)}`,
    ) as unknown;
    expect(itemsOf(read(evil))).toHaveLength(1);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('never make the reader throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json().map((text) => JSON.parse(text) as unknown),
          fc.record(
            {
              ...Object.fromEntries(
                Object.entries(tick).map(([key, value]) => [
                  key,
                  fc.oneof(fc.constant(value as unknown), fc.jsonValue()),
                ]),
              ),
            },
            { requiredKeys: [] },
          ),
        ),
        (message) => {
          const reading = read(message);
          if (!('items' in reading)) return;
          for (const item of reading.items) if (!item.ok) expect(item.faults).not.toEqual([]);
        },
      ),
    );
  });
});

describe('an event in the log', () => {
  const parsed = parseEvent({
    ...tick,
    datacontenttype: 'application/json',
    recordedtime: tick.time,
    partitionkey: 'antwerp',
  });
  const event = (parsed.ok ? parsed.value : undefined) as PortolanEvent;

  it('is a Kafka record in binary mode, and reads the same', () => {
    const encoded = encodeEvent(event);
    expect(encoded).toMatchObject({
      key: 'antwerp',
      value: '{"now":"2026-03-02T07:00:00Z"}',
      headers: {
        'content-type': 'application/json',
        ce_specversion: '1.0',
        ce_id: 'tick/1',
        ce_partitionkey: 'antwerp',
      },
    });
    expect(decodeEvent({ value: Buffer.from(encoded.value), headers: encoded.headers })).toEqual({
      ok: true,
      value: event,
    });
  });

  it('is one by its cell, source and id', () => {
    expect(encodeEvent({ ...event, recordedtime: '2026-03-03T00:00:00Z' }).dedupe).toBe(encodeEvent(event).dedupe);
    expect(encodeEvent({ ...event, partitionkey: 'genk' }).dedupe).not.toBe(encodeEvent(event).dedupe);
  });

  it('that somebody else wrote wrongly is told, not thrown', () => {
    expect(decodeEvent({ value: '{', headers: {} })).toMatchObject({ ok: false });
    expect(decodeEvent({ value: '{}', headers: { ce_type: 'other' } })).toMatchObject({ ok: false });
  });
});
