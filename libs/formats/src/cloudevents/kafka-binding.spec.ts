import type { PortolanEvent } from '@portolan/domain';
import { attributeNames } from './attributes.js';
import { decodeEvent, encodeEvent } from './kafka-binding.js';

const instant = '2026-03-05T10:00:00Z';
const event = {
  specversion: '1.0',
  id: 'tick-1',
  source: '/clock',
  type: 'org.portolan.clock.ticked',
  subject: 'clock',
  time: instant,
  recordedtime: instant,
  partitionkey: 'antwerp',
  datacontenttype: 'application/json',
  dataschema: 'https://example.org/tick.json',
  revisionof: 'tick',
  revision: '1',
  data: { now: instant },
} satisfies PortolanEvent;

describe('an event as a record of the log', () => {
  it('comes back with each of its attributes', () => {
    expect(Object.keys(event)).toEqual([...attributeNames, 'data']);
    expect(decodeEvent(encodeEvent(event))).toEqual({ ok: true, value: event });
  });

  it.each(['id', 'source', 'type', 'time', 'recordedtime', 'partitionkey'])('is none without its %s', (name) => {
    const { value, headers } = encodeEvent(event);
    const { [`ce_${name}`]: _, ...others } = headers;
    const decoded = decodeEvent({ value, headers: others });
    expect(decoded).toMatchObject({ ok: false, faults: [{ pointer: `/${name}` }] });
  });
});
