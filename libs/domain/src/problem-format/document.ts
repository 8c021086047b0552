import { z } from 'zod';
import { duration, instant } from '../events/primitives.js';

/** Any text but the empty one; kept as it is. */
export const identifier = z.string().min(1, 'must not be empty');
const step = z.strictObject({ service: identifier, leg: identifier.optional() });
const coordinates = z.strictObject({ lat: z.number(), lon: z.number() });
export const amount = z.number().min(0, 'must not be negative');

const handling = z.strictObject({ load: amount.optional(), unload: amount.optional(), transfer: amount.optional() });
const handlingTime = z.strictObject({
  load: duration.optional(),
  unload: duration.optional(),
  transfer: duration.optional(),
});

export const problemLocation = z.strictObject({
  id: identifier,
  name: z.string().optional(),
  position: coordinates.optional(),
  handling: handling.optional().meta({ description: 'Cost per unit; 0 where left out' }),
  handlingTime: handlingTime.optional().meta({ description: 'PT0S where left out' }),
  storage: z.strictObject({ costPerUnitDay: amount.optional(), freeTime: duration.optional() }).optional(),
  spoilageFactor: amount.optional().meta({ description: '1 where left out' }),
  closures: z.array(z.strictObject({ from: instant, to: instant })).optional(),
});

const terms = {
  cost: amount.optional().meta({ description: 'Per unit' }),
  co2eKg: amount.optional().meta({ description: 'Per unit, well-to-wheel' }),
  reeferPlugs: amount.optional().meta({ description: 'The most reefer units; the capacity where left out' }),
  spoilageFactor: amount.optional(),
};

const leg = z.strictObject({
  id: identifier,
  from: identifier,
  to: identifier,
  departs: instant,
  arrives: instant,
  capacity: amount,
  ...terms,
});

const onDemand = z.strictObject({ from: identifier, to: identifier, duration, capacity: amount.optional(), ...terms });

export const problemService = z.strictObject({
  id: identifier,
  mode: z.string().optional(),
  operator: z.string().optional(),
  rotation: z.array(identifier).optional().meta({ description: 'Cyclic calls: a static service' }),
  capacity: amount.optional().meta({ description: 'Of each voyage of a rotation' }),
  legs: z.array(leg).optional(),
  onDemand: onDemand.optional(),
});

export const problemSupply = z.strictObject({
  id: identifier,
  product: identifier,
  location: identifier,
  quantity: amount,
  available: instant.optional(),
  unitCost: amount.optional(),
  expires: instant.optional(),
});

export const problemDemand = z.strictObject({
  id: identifier,
  from: identifier.optional(),
  product: identifier.optional(),
  onBoard: z.strictObject({ service: identifier, leg: identifier }).optional(),
  to: identifier,
  quantity: amount,
  available: instant.optional(),
  due: instant.optional(),
  latest: instant.optional(),
  latePerUnitHour: amount.optional(),
  revenue: amount.optional(),
  unservedPenalty: amount.optional().meta({ description: 'Per unit; 1 000 000 where left out' }),
  spoilagePerUnitHour: amount.optional(),
  minShelfLife: duration.optional(),
  reefer: z.boolean().optional(),
  unitSize: amount.optional().meta({ description: 'Goods move in whole multiples of it; 0 is the same as left out' }),
});

export const problemCurrent = z.strictObject({
  demand: identifier,
  supply: identifier.optional(),
  itinerary: z.array(step),
  quantity: amount,
});

export const problemParameters = z.strictObject({
  co2PricePerTonne: amount.optional(),
  changePenaltyPerUnit: amount.optional(),
  maxLegs: z.int().min(1, 'must be at least 1').optional(),
});

/** `portolan.problem/1` as it is written: instants RFC 3339, durations ISO 8601, quantities in `unit`, money in `currency`. */
export const problemDocument = z.strictObject({
  format: z.literal('portolan.problem/1'),
  name: z.string().optional(),
  currency: z.string().optional(),
  unit: z.string().optional(),
  parameters: problemParameters.optional(),
  locations: z.array(problemLocation),
  services: z.array(problemService),
  supplies: z.array(problemSupply).optional(),
  demands: z.array(problemDemand),
  current: z.array(problemCurrent).optional(),
});

export type ProblemDocument = z.infer<typeof problemDocument>;
export type ProblemLocation = z.infer<typeof problemLocation>;
export type ProblemService = z.infer<typeof problemService>;
export type ProblemLeg = z.infer<typeof leg>;
export type ProblemSupply = z.infer<typeof problemSupply>;
export type ProblemDemand = z.infer<typeof problemDemand>;
export type ProblemCurrent = z.infer<typeof problemCurrent>;
