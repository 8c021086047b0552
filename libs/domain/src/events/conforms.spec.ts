import fc from 'fast-check';
import { z } from 'zod';
import { conformsTo } from './conforms.js';
import { type EventType, conformsToData, eventData } from './event.js';
import { arbitraryLog } from '../state/testing/arbitrary-log.js';
import { plausibleLog } from '../state/testing/plausible-log.js';

const data: Partial<Record<EventType, unknown>> = {
  'org.portolan.position.reported': {
    transport: { mmsi: '244660000', vesselName: 'MAAS 1', voyages: ['1'], callSequence: 1 },
    at: '2026-12-30T08:00:05Z',
    position: { lat: 51.5, lon: 4.25 },
    speedKnots: 12.3,
    flags: ['time-of-reception'],
    extensions: { heading: 90, deep: [{}] },
  },
  'org.portolan.order.placed': {
    id: 'O-1',
    from: 'BEANR',
    to: 'BELGG',
    quantity: 4,
    available: '2026-03-03T06:00:00Z',
    minShelfLife: 'P5D',
    references: [{ type: 'BKG', reference: 'AB1' }],
  },
  'org.portolan.service.scheduled': {
    id: 'B-1',
    mode: 'barge',
    calls: [
      { location: 'BEANR', departs: '2026-03-03T06:00:00Z' },
      { location: 'BELGG', arrives: '2026-03-03T16:00:00Z' },
    ],
    legs: [{ capacity: 40 }],
  },
  'org.portolan.location.closed': {
    closure: 'C-1',
    location: 'BEANR',
    from: '2026-03-03T06:00:00Z',
    to: '2026-03-04T06:00:00Z',
  },
  'org.portolan.equipment.moved': {
    equipment: 'APZU4812090',
    move: 'gate-in',
    classifier: 'actual',
    at: '2026-03-03T06:00:00Z',
    place: { unlocode: 'BEANR', position: { lat: 1, lon: 2 } },
    empty: false,
  },
};
const cases = Object.entries(data) as [EventType, unknown][];

const odd = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, '', ' padded ', 'x'.repeat(1001), NaN, Infinity, -1, 1.5, 1e308, [], {}),
  fc.constantFrom<unknown>(new Date(0), [null], { a: 1 }, '2026-02-30T00:00:00Z', 'BEANR', 'P1Y', true, [1], new Map()),
  fc.jsonValue(),
);
/** One place of a value changed: its value, its absence, or a field that does not belong there. */
function mutated(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value !== 'object' || value === null) return odd;
  const beside = Array.isArray(value) ? [] : ['beside', '__proto__', 'constructor'];
  const name = fc.constantFrom(...Object.keys(value), ...beside);
  const inside = name.chain((at) => within(value as Record<string, unknown>, at));
  return fc.oneof({ weight: 1, arbitrary: odd }, { weight: 6, arbitrary: inside });
}

function within(value: Record<string, unknown>, name: string): fc.Arbitrary<unknown> {
  const own = Object.hasOwn(value, name) ? value[name] : undefined;
  return fc.option(mutated(own), { nil: absent }).map((other) => {
    const entries = Object.entries(value).filter(([each]) => each !== name);
    const all = other === absent ? entries : [...entries, [name, other] as const];
    return Array.isArray(value) ? all.map(([, each]) => each) : Object.fromEntries(all);
  });
}
const absent = Symbol('absent');

describe('what conforms', () => {
  it.each(cases)('to %s is its data', (type, value) => expect(conformsTo(eventData[type])(value)).toBe(true));

  it.each(cases)('to %s its schema gives back as it is; what the schema refuses does not conform', (type, value) => {
    const conforms = conformsTo(eventData[type]);
    let both = 0;
    fc.assert(
      fc.property(mutated(value), (each) => {
        const parsed = eventData[type].safeParse(each);
        if (!conforms(each)) return;
        both += 1;
        expect(parsed.success && parsed.data).toEqual(each);
      }),
      { numRuns: 2000 },
    );
    expect(both).toBeGreaterThan(0);
  });

  it('is the data of any event that a log has, whoever wrote it', () => {
    fc.assert(
      fc.property(fc.oneof(arbitraryLog(10), plausibleLog), (log) => {
        for (const { event } of log) expect([event, conformsToData[event.type](event.data)]).toEqual([event, true]);
      }),
    );
  });

  it.each([
    ['a transform', z.string().transform(Number), '1'],
    ['a default', z.strictObject({ a: z.string().default('b') }), {}],
    ['an object that drops what it does not know', z.object({ a: z.string() }), { a: '' }],
    ['a record of numbers', z.record(z.string(), z.number()), { a: 1 }],
  ])('leaves %s to the schema', (_, schema, value) => expect(conformsTo(schema)(value)).toBe(false));

  it.each(Object.keys(eventData) as EventType[])('knows every kind of schema in %s', (type) =>
    expect(kindsIn(eventData[type])).toEqual([]),
  );
});

const known = ['string', 'number', 'boolean', 'unknown', 'enum', 'literal', 'optional', 'array', 'record', 'object'];

/** Kinds of schema in a schema that would make it conform to nothing, and every message slow. */
function kindsIn(schema: z.core.$ZodType): string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const inner =
    def.type === 'object'
      ? Object.values(def.shape)
      : def.type === 'array'
        ? [def.element]
        : def.type === 'optional'
          ? [def.innerType]
          : [];
  return [...(known.includes(def.type) ? [] : [def.type]), ...inner.flatMap(kindsIn)];
}
