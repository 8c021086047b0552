import { costParts, eventReference, instant } from '@portolan/domain';
import { z } from 'zod';

const money = z.number();
const quantity = z.number();

/** What a run comes to at its end: what has been moved, and what the last plan does with the rest. */
const totals = z.strictObject({
  cost: costParts.extend({ unserved: money, total: money }).meta({
    description: 'By part; total is their sum less revenue. Of what has passed, without storage and spoilage',
  }),
  planned: money.meta({ description: "The last plan's objective: of what is still ahead" }),
  unserved: z.strictObject({ orders: z.int(), quantity }),
  late: z.strictObject({ orders: z.int(), quantity, hours: z.number() }),
  co2eKg: z.number(),
  modes: z.record(z.string(), z.number()).meta({ description: 'Unit-kilometres (great circle) by mode' }),
});

const point = z.strictObject({
  now: instant,
  objective: money,
  unserved: quantity,
  late: quantity,
  co2eKg: z.number(),
});

const journey = z.strictObject({
  quantity,
  legs: z.array(z.string()).meta({ description: 'SERVICE/LEG, or a truck relation' }),
  delivered: instant.optional(),
});
const side = z.strictObject({
  journeys: z.array(journey),
  unserved: quantity,
  reason: z.string().optional(),
  cost: money,
  co2eKg: z.number(),
});

const load = z.strictObject({ used: quantity, capacity: quantity, shadowPrice: money });

const shipment = z.strictObject({
  order: z.string(),
  customer: z.string().optional(),
  baseline: side.optional(),
  variant: side.optional(),
  costs: money.meta({ description: 'How much more it costs in the variant' }),
  causes: z.array(eventReference).meta({ description: 'Events of the variant that touch its ways' }),
  bottlenecks: z
    .array(z.string())
    .meta({ description: 'Resources on its ways that are full at another price than before' }),
});

const resource = z.strictObject({
  service: z.string(),
  leg: z.string().optional(),
  resource: z.enum(['capacity', 'reeferPlugs']),
  baseline: load.optional(),
  variant: load.optional(),
});

const loadPoint = load.extend({ now: instant });

const loads = z
  .strictObject({
    service: z.string(),
    leg: z.string().optional(),
    resource: z.enum(['capacity', 'reeferPlugs']),
    baseline: z.array(loadPoint),
    variant: z.array(loadPoint),
  })
  .meta({
    description:
      'What plans load on it: each point holds until the next. Before the first, and once it has left, nothing',
  });

const decision = z.strictObject({
  id: z.string(),
  kind: z.string(),
  summary: z.string(),
  shipments: z.array(z.string()),
  proposed: instant,
  decideBy: instant.optional(),
  accepted: z.boolean(),
  only: z.enum(['baseline', 'variant']).meta({ description: 'Where it was proposed' }),
});

const quantiles = z.strictObject({
  runs: z.int(),
  of: z.record(
    z.string(),
    z.strictObject({
      p5: z.number(),
      p25: z.number(),
      p50: z.number(),
      p75: z.number(),
      p95: z.number(),
      mean: z.number(),
    }),
  ),
});

const variant = z.strictObject({
  name: z.string(),
  choices: z.record(z.string(), z.union([z.number(), z.string()])),
  runs: z.int(),
  run: z.int().meta({ description: 'Which run the details are of: the one whose total is the median' }),
  leaves: z
    .strictObject({ event: z.int(), at: instant })
    .optional()
    .meta({ description: 'Where it leaves the baseline' }),
  totals,
  difference: z.strictObject({
    total: money,
    planned: money,
    unserved: quantity,
    lateHours: z.number(),
    co2eKg: z.number(),
    parts: z.record(z.string(), money),
    modes: z.record(z.string(), z.number()),
  }),
  warnings: z
    .array(z.strictObject({ pointer: z.string(), message: z.string() }))
    .meta({ description: 'What is odd about its changes, each with its place in the scenario (JSON Pointer)' }),
  quantiles: quantiles.optional(),
  series: z.array(point),
  shipments: z.array(shipment),
  resources: z.array(resource),
  loads: z
    .array(loads)
    .meta({ description: 'Over time, of the resources that are loaded most differently at some moment' }),
  decisions: z.array(decision),
});

/** `portolan.comparison/1`: variants of a log against its baseline. */
export const comparisonDocument = z.strictObject({
  format: z.literal('portolan.comparison/1'),
  name: z.string(),
  cell: z.string(),
  currency: z.string(),
  unit: z.string(),
  base: z.strictObject({ from: instant, until: instant, events: z.int(), steps: z.int() }),
  baseline: z.strictObject({ totals, series: z.array(point) }),
  variants: z.array(variant),
});

export type Comparison = z.infer<typeof comparisonDocument>;
export type ComparedVariant = Comparison['variants'][number];
export type Totals = z.infer<typeof totals>;
export type Point = z.infer<typeof point>;
export type Side = z.infer<typeof side>;
export type ComparedShipment = z.infer<typeof shipment>;
export type ComparedResource = z.infer<typeof resource>;
export type ComparedLoads = z.infer<typeof loads>;
export type LoadPoint = z.infer<typeof loadPoint>;
export type ComparedDecision = z.infer<typeof decision>;
export type Quantiles = z.infer<typeof quantiles>;

/** JSON Schema (2020-12) of `portolan.comparison/1`. */
export const comparisonSchema = (): object => ({
  ...z.toJSONSchema(comparisonDocument, { io: 'input' }),
  title: 'portolan.comparison/1',
});
