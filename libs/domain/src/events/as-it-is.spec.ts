import fc from 'fast-check';
import { z } from 'zod';
import { arbitraryLog } from '../state/testing/arbitrary-log.js';
import { plausibleLog } from '../state/testing/plausible-log.js';
import { asItIs } from './as-it-is.js';
import { type PortolanEvent, eventData } from './event.js';

const checks = new Map(Object.entries(eventData).map(([type, schema]) => [type, asItIs(schema)]));
const schemaOf = ({ type }: PortolanEvent): z.ZodType => eventData[type];
const events = fc.oneof(arbitraryLog(10), plausibleLog).map((log) => log.map(({ event }) => event));

const spoilt = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    '',
    ' ',
    'x'.repeat(2000),
    ' BEANR',
    'BEANR ',
    '2026-02-30T10:00:00Z',
    'PT',
    -1,
    0,
    1e99,
    null,
    [],
    {},
  ),
);

/** Another value at one of the places of a value, or a member that was not there. */
function spoil(value: unknown, place: number, by: unknown): unknown {
  if (place === 0 || typeof value !== 'object' || value === null) return by;
  const entries = Object.entries(value);
  const at = place % (entries.length + 1);
  if (at === entries.length) return Array.isArray(value) ? [...value, by] : { ...value, other: by };
  const rest = entries.map(
    ([key, member], index) => [key, index === at ? spoil(member, place >> 3, by) : member] as const,
  );
  return Array.isArray(value) ? rest.map(([, member]) => member) : Object.fromEntries(rest);
}

const turned = (data: object): object => Object.fromEntries(Object.entries(data).reverse());

describe('a value that a schema gives back as it is', () => {
  it('is any data of an event as the schema wrote it', () => {
    fc.assert(
      fc.property(events, (log) => {
        for (const event of log) {
          const data: unknown = schemaOf(event).parse(event.data);
          expect([event.type, data, checks.get(event.type)!(data)]).toEqual([event.type, data, true]);
        }
      }),
    );
  });

  it('is accepted by the schema, and the same afterwards, wherever it was spoilt', () => {
    let passed = 0;
    fc.assert(
      fc.property(events, fc.array(fc.tuple(fc.nat(), spoilt), { minLength: 1 }), (log, changes) => {
        log.forEach((event, index) => {
          const [place, by] = changes[index % changes.length]!;
          const data = spoil(event.data, place, by);
          if (!checks.get(event.type)!(data)) return;
          passed += 1;
          const parsed = schemaOf(event).safeParse(data);
          expect([event.type, data, JSON.stringify(parsed.data)]).toEqual([event.type, data, JSON.stringify(data)]);
        });
      }),
      { numRuns: 1000 },
    );
    expect(passed).toBeGreaterThan(0);
  });

  it('has its members in the order of the schema, so that the same data is the same text', () => {
    const isTick = asItIs(z.strictObject({ a: z.number(), b: z.number().optional(), c: z.number() }));
    expect(
      [
        { a: 1, c: 2 },
        { a: 1, b: 2, c: 3 },
      ].map(isTick),
    ).toEqual([true, true]);
    expect(
      [turned({ a: 1, c: 2 }), { a: 1, c: 2, b: 3 }, { a: 1 }, { c: 1 }, { a: 1, c: 2, d: 3 }].map(isTick),
    ).toEqual([false, false, false, false, false]);
  });

  it.each([
    ['that fills in', z.string().default('x')],
    ['of whole numbers', z.int()],
    ['that may be one of several', z.union([z.string(), z.number()])],
    ['that formats', z.email()],
    ['of members by a rule', z.record(z.string(), z.number())],
    ['of a pattern that remembers where it was', z.string().regex(/x/g)],
  ])('is none of a schema %s: it is left to the schema', (_, schema) => {
    const check = asItIs(schema);
    expect(['x', 'a@b.be', 1, {}, undefined].some((value) => check(value))).toBe(false);
  });
});
