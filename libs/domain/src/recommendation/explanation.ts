import { z } from 'zod';
import { instant } from '../events/primitives.js';
import { costParts } from './recommendation.js';

/** What can be full on a leg (a voyage in static problems): its places, or its plugs for reefers. */
const legResource = z.strictObject({
  resource: z.enum(['capacity', 'reeferPlugs']),
  service: z.string(),
  leg: z.string().optional().meta({
    description: 'Absent for a service on demand; of a rotation the number of the call it sails from',
  }),
  mode: z.string().meta({ description: '`other` where the service has none' }),
});

const lotResource = z.strictObject({ resource: z.literal('lot'), supply: z.string() });

const range = z
  .strictObject({ from: z.number(), to: z.number() })
  .meta({ description: "Between these limits of the resource, in the plan's unit, its shadow price stays what it is" });

const load = {
  used: z.number(),
  capacity: z.number(),
  shadowPrice: z.number().meta({
    description:
      'Money per unit, d total / d capacity: never above 0. One more unit saves as much within the range, and never more',
  }),
  range: range.optional(),
};

export const bindingResource = z.discriminatedUnion('resource', [legResource.extend(load), lotResource.extend(load)]);

export const explainedLeg = z.strictObject({
  service: z.string(),
  leg: z.string().optional(),
  mode: z.string(),
  from: z.string(),
  to: z.string(),
  departs: instant.optional().meta({ description: 'Absent in static problems, and so is `arrives`' }),
  arrives: instant.optional(),
});

const explainedItinerary = z.strictObject({
  supply: z.string().optional(),
  legs: z
    .array(explainedLeg)
    .meta({ description: 'None where goods stay on board to their destination, or lie there already' }),
  unitCost: z.number().meta({ description: 'Money per unit, revenue subtracted' }),
  parts: costParts.meta({ description: '`unitCost` is their sum, with `revenue` subtracted' }),
  co2eKg: z.number().meta({ description: 'Per unit' }),
  delivered: instant.optional().meta({ description: 'Absent in static problems' }),
  binding: z.array(bindingResource).meta({ description: 'What has a price on it' }),
});

const explainedFlow = explainedItinerary.extend({ quantity: z.number() });

const by = z.number().meta({ description: 'Money per unit' });

/** What makes an itinerary dearer, `by` so much per unit. */
export const cause = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('full'), resources: z.array(bindingResource), by })
    .meta({ description: 'It takes up what others pay for' }),
  z
    .strictObject({ kind: z.literal('late'), hours: z.number(), by })
    .meta({ description: 'It is delivered these hours after the due moment' }),
  z.strictObject({
    kind: z.literal('dearer'),
    part: z.enum(['transport', 'handling', 'storage', 'spoilage', 'emissions', 'supply']),
    by,
  }),
  z.strictObject({ kind: z.literal('change'), by }).meta({ description: 'It gives up an itinerary in force' }),
  z
    .strictObject({ kind: z.literal('cheaper-unserved'), cost: z.number(), unserved: z.number(), by })
    .meta({ description: 'Even with nothing full it would cost more than to leave the goods; both per unit' }),
]);

const nextBest = explainedItinerary.extend({
  costsMore: z.number().meta({
    description:
      "Money per unit at the plan's prices, against what `comparedWith` says: the sum of the causes, less `saves`. Below 0 only " +
      'where these prices do not tell all: in plans of whole units, or stopped before the optimum',
  }),
  because: z.array(cause).meta({ description: 'Dearest first' }),
  saves: z.number().meta({ description: 'Money per unit by which it is cheaper in other respects, never below 0' }),
});

const unservedReason = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('no-supply'), product: z.string() }),
  z
    .strictObject({ kind: z.literal('no-itinerary') })
    .meta({ description: 'None leads there by the deadline, the shelf life and the opening hours' }),
  z
    .strictObject({ kind: z.literal('cheaper-unserved'), cost: z.number(), unserved: z.number() })
    .meta({ description: 'What the cheapest itinerary costs with nothing full, and what leaving the goods costs' }),
  z.strictObject({ kind: z.literal('full'), resources: z.array(bindingResource) }).meta({
    description:
      'What is full on the itinerary that would be cheapest; nothing where a plan of whole units, or one stopped early, does not tell',
  }),
]);

/** Why a demand travels as it does, at the plan's prices. Money in `currency`, quantities in `unit`. */
export const explanation = z.strictObject({
  kind: z.literal('demand'),
  network: z.enum(['timed', 'static']),
  currency: z.string(),
  unit: z.string(),
  relaxed: z.literal(true).optional().meta({
    description: 'Prices are those of a plan that may divide goods at will, since whole units make this one dearer',
  }),
  demand: z.string(),
  marginalCost: z.number().meta({ description: 'What one more unit of the demand costs, at least' }),
  flows: z.array(explainedFlow),
  nextBest: z
    .array(nextBest)
    .meta({ description: 'Up to three itineraries that the plan does not use, cheapest first' }),
  comparedWith: z.enum(['planned', 'unserved']).meta({
    description:
      'What `costsMore` is against: the dearest itinerary in the plan, or, where nothing travels, leaving the goods',
  }),
  unserved: z.strictObject({ quantity: z.number(), reason: unservedReason }).optional(),
});

export type LegResource = z.infer<typeof legResource>;
export type BindingResource = z.infer<typeof bindingResource>;
export type Resource = LegResource | z.infer<typeof lotResource>;
export type Range = z.infer<typeof range>;
export type ExplainedLeg = z.infer<typeof explainedLeg>;
export type ExplainedItinerary = z.infer<typeof explainedItinerary>;
export type ExplainedFlow = z.infer<typeof explainedFlow>;
export type Cause = z.infer<typeof cause>;
export type NextBest = z.infer<typeof nextBest>;
export type UnservedReason = z.infer<typeof unservedReason>;
export type Explanation = z.infer<typeof explanation>;
