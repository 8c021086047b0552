import { z } from 'zod';
import { duration, instant } from '../events/primitives.js';
import { type Fault, faultsOf } from '../events/event.js';
import {
  amount,
  identifier,
  problemCurrent,
  problemDemand,
  problemLocation,
  problemParameters,
  problemService,
  problemSupply,
} from './document.js';

const gone = <Name extends string>(name: Name) => z.strictObject({ change: z.literal(name), id: identifier });

const legChange = z.strictObject({
  change: z.literal('leg'),
  service: identifier,
  leg: identifier.optional().meta({ description: 'Left out for a service on demand' }),
  departs: instant.optional(),
  arrives: instant.optional(),
  duration: duration.optional(),
  capacity: amount.optional(),
  reeferPlugs: amount.optional(),
  cost: amount.optional(),
  co2eKg: amount.optional(),
});

/**
 * One change of a planning problem. `demand`, `supply`, `service`, `location` put an entry, new or in place of the one with its id; `leg`
 * and `parameters` change the fields given; `current` replaces what is in force for a demand.
 */
export const planChange = z.discriminatedUnion('change', [
  z.strictObject({ change: z.literal('demand'), demand: problemDemand }),
  gone('demand-removed'),
  z.strictObject({ change: z.literal('supply'), supply: problemSupply }),
  gone('supply-removed'),
  z.strictObject({ change: z.literal('service'), service: problemService }),
  gone('service-removed'),
  z.strictObject({ change: z.literal('location'), location: problemLocation }),
  gone('location-removed'),
  legChange,
  z.strictObject({ change: z.literal('parameters'), parameters: problemParameters }),
  z.strictObject({
    change: z.literal('current'),
    demand: identifier,
    current: z.array(problemCurrent.omit({ demand: true })),
  }),
]);

export type PlanChange = z.infer<typeof planChange>;
export type LegChange = z.infer<typeof legChange>;

/** Changes from JSON, one or a list, or everything that is wrong with them. */
export function parseChanges(
  json: unknown,
): { readonly ok: true; readonly changes: PlanChange[] } | { readonly ok: false; readonly errors: Fault[] } {
  const entries = Array.isArray(json) ? json : [json];
  const parsed = z.array(planChange).safeParse(entries);
  return parsed.success ? { ok: true, changes: parsed.data } : { ok: false, errors: faultsOf(parsed.error, entries) };
}
