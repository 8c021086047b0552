import { z } from 'zod';
import { parseInstant } from '../time/instant.js';
import { amount, coordinates, duration, extensions, identifier, instant, unlocode } from './primitives.js';

const handling = z.strictObject({
  load: amount.optional(),
  unload: amount.optional(),
  transfer: amount.optional(),
});
const handlingTime = z.strictObject({
  load: duration.optional(),
  unload: duration.optional(),
  transfer: duration.optional(),
});

/** A terminal, depot, warehouse, cold store or port; announced again, the newest word replaces all of the older. */
export const locationChanged = z.strictObject({
  id: identifier,
  name: z.string().max(200).optional(),
  unlocode: unlocode.optional(),
  facility: z.string().max(20).optional(),
  kind: z
    .enum(['sea-terminal', 'inland-terminal', 'rail-terminal', 'depot', 'warehouse', 'cold-store', 'port'])
    .optional(),
  position: coordinates.optional(),
  timezone: z.string().max(60).optional().meta({ description: 'IANA zone, such as Europe/Brussels' }),
  handling: handling.optional().meta({ description: 'Cost per unit of loading, unloading and transferring' }),
  handlingTime: handlingTime.optional(),
  storage: z.strictObject({ costPerUnitDay: amount.optional(), freeTime: duration.optional() }).optional(),
  spoilageFactor: amount.optional(),
  plugs: amount.optional(),
  extensions,
});

const window = { from: instant, to: instant };
const ordered = (closure: { from: string; to: string }) => parseInstant(closure.from)! < parseInstant(closure.to)!;

/** No load, transfer or unload from `from` until just before `to`: a strike, opening hours, a lock out of order. */
export const locationClosed = z
  .strictObject({
    closure: identifier,
    location: identifier,
    ...window,
    reason: z.string().max(500).optional(),
    extensions,
  })
  .refine(ordered, { error: 'must be later than `from`', path: ['to'] });

export const locationReopened = z.strictObject({ closure: identifier, location: identifier, extensions });

const legTerms = {
  cost: amount.optional().meta({ description: 'Money per unit' }),
  co2eKg: amount.optional().meta({ description: 'kg CO2e per unit, well-to-wheel' }),
  reeferPlugs: amount.optional(),
  spoilageFactor: amount.optional(),
};

const call = z.strictObject({
  location: identifier,
  arrives: instant.optional(),
  departs: instant.optional(),
  callReference: z.string().max(100).optional(),
});

/**
 * A transport run (one voyage, train or truck tour): its calls in order with planned times, and a leg between each two;
 * or an on-demand truck relation. Scheduled again, it replaces the older word; estimates and actuals are kept.
 */
export const serviceScheduled = z
  .strictObject({
    id: identifier,
    mode: z.enum(['vessel', 'barge', 'rail', 'truck', 'air', 'other']),
    operator: z.string().max(200).optional(),
    name: z.string().max(200).optional(),
    vessel: z
      .strictObject({
        imo: z.string().max(8).optional(),
        mmsi: z.string().max(9).optional(),
        name: z.string().max(100).optional(),
        callSign: z.string().max(9).optional(),
      })
      .optional(),
    voyages: z.array(z.string().max(50)).optional(),
    calls: z.array(call).min(2).optional(),
    legs: z.array(z.strictObject({ capacity: amount, ...legTerms })).optional(),
    onDemand: z
      .strictObject({ from: identifier, to: identifier, duration, capacity: amount.optional(), ...legTerms })
      .optional(),
    extensions,
  })
  .superRefine((service, context) => {
    const fault = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    if ((service.calls === undefined) === (service.onDemand === undefined))
      return fault([], 'must have exactly one of `calls` (a scheduled run) and `onDemand` (a truck relation)');
    if (service.onDemand?.from !== undefined && service.onDemand.from === service.onDemand.to)
      fault(['onDemand', 'to'], 'must differ from `from`');
    if (service.calls) checkCalls(service.calls, service.legs ?? [], fault);
  });

type Call = z.infer<typeof call>;

function checkCalls(
  calls: readonly Call[],
  legs: readonly unknown[],
  fault: (path: (string | number)[], message: string) => void,
): void {
  if (legs.length !== calls.length - 1)
    fault(
      ['legs'],
      `must have ${calls.length - 1} entries, one between each two of the ${calls.length} calls; has ${legs.length}`,
    );
  let before = -Infinity;
  calls.forEach((each, index) => {
    if (index > 0 && each.arrives === undefined)
      fault(['calls', index, 'arrives'], 'is required on every call but the first');
    if (index < calls.length - 1 && each.departs === undefined)
      fault(['calls', index, 'departs'], 'is required on every call but the last');
    if (index > 0 && each.location === calls[index - 1]!.location)
      fault(['calls', index, 'location'], `is the call before's (${each.location}) again; calls must alternate`);
    for (const moment of ['arrives', 'departs'] as const) {
      const at = each[moment] === undefined ? undefined : parseInstant(each[moment]);
      if (at === undefined) continue;
      const tooEarly = moment === 'arrives' && index > 0 ? at <= before : at < before;
      if (tooEarly)
        fault(
          ['calls', index, moment],
          `(${each[moment]}) is not after the time before it. Maybe one lacks its time zone`,
        );
      before = Math.max(before, at);
    }
  });
}

export const serviceCancelled = z.strictObject({
  service: identifier,
  reason: z.string().max(500).optional(),
  extensions,
});

/** What a leg (or an on-demand relation, without `leg`) can still take of ours: absolute, or as a factor of what was planned. */
export const capacityChanged = z
  .strictObject({
    service: identifier,
    leg: z
      .string()
      .max(20)
      .optional()
      .meta({ description: 'Leg id ("1" is between the first two calls); all legs when absent' }),
    capacity: amount.optional(),
    reeferPlugs: amount.optional(),
    factor: amount.optional(),
    reason: z.string().max(500).optional(),
    extensions,
  })
  .refine(
    (change) => change.capacity !== undefined || change.reeferPlugs !== undefined || change.factor !== undefined,
    {
      error: 'must have at least one of `capacity`, `reeferPlugs` and `factor`',
    },
  );

/** A product's nature. Deterioration above the set point runs at `q10 ^ ((T - setPoint) / 10)` times the normal rate. */
export const productDescribed = z.strictObject({
  id: identifier,
  name: z.string().max(200).optional(),
  valuePerUnit: amount.optional(),
  shelfLife: duration.optional().meta({ description: 'At the set point, from harvest or production' }),
  setPoint: z.number().optional().meta({ description: '°C' }),
  q10: z.number().min(1).optional(),
  tolerated: z.strictObject({ min: z.number().optional(), max: z.number().optional() }).optional(),
  reefer: z.boolean().optional(),
  spoilagePerUnitHour: amount.optional().meta({ description: 'Money per unit and hour at the normal rate' }),
  extensions,
});

/** Parameters of a planning cell; those not named stay as they were. */
export const parametersChanged = z.strictObject({
  currency: z.string().length(3).optional(),
  unit: z.string().max(20).optional(),
  co2PricePerTonne: amount.optional(),
  changePenaltyPerUnit: amount.optional(),
  maxLegs: z.int().min(1).optional(),
  horizon: duration.optional(),
  freezeWindow: duration.optional(),
  leadTime: duration.optional().meta({ description: 'Time people need between a decision and its first step' }),
  unservedPenalty: amount.optional().meta({ description: 'For orders that name none, per unit' }),
  unknownAfter: duration.optional().meta({ description: 'Silence after which whereabouts count as unknown' }),
  minSaving: amount.optional().meta({ description: 'Savings below are not shown' }),
  repeatGrowth: amount
    .optional()
    .meta({ description: 'A rejected proposal returns when its saving grew by this share' }),
  autoAccept: z.array(z.enum(['book', 'reroute', 'reallocate', 'hold', 'expedite', 'accept-delay'])).optional(),
  extensions,
});
