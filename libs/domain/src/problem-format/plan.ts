import { z } from 'zod';
import { instant } from '../events/primitives.js';

const objective = z.strictObject({
  total: z.number().meta({ description: 'Sum of the parts, minus revenue' }),
  transport: z.number(),
  handling: z.number(),
  storage: z.number(),
  lateness: z.number(),
  spoilage: z.number(),
  emissions: z.number(),
  supply: z.number(),
  unserved: z.number(),
  changes: z.number(),
  revenue: z.number(),
});

const certificate = z.strictObject({
  dualBound: z.number(),
  gap: z.number().meta({ description: '(total - dualBound) / max(1, |total|)' }),
  primalInfeasibility: z.number(),
  dualInfeasibility: z.number(),
});

const plannedLeg = z.strictObject({
  service: z.string(),
  leg: z.string().optional(),
  from: z.string(),
  to: z.string(),
  departs: instant.optional(),
  arrives: instant.optional(),
});

const flow = z.strictObject({
  demand: z.string(),
  supply: z.string().optional(),
  quantity: z.number(),
  unitCost: z.number().meta({ description: 'Per unit, revenue subtracted' }),
  co2eKg: z.number().meta({ description: 'Per unit' }),
  delivered: instant.optional(),
  legs: z.array(plannedLeg),
});

const legPrice = z.strictObject({
  service: z.string(),
  leg: z.string().optional(),
  resource: z.enum(['capacity', 'reeferPlugs']),
  used: z.number(),
  capacity: z.number(),
  shadowPrice: z.number().meta({ description: 'd total / d capacity, never above 0' }),
});

const supplyPrice = z.strictObject({
  supply: z.string(),
  used: z.number(),
  quantity: z.number(),
  shadowPrice: z.number(),
});

/** `portolan.plan/1`: what travels how, what stays unserved and why, prices, and the proof. */
export const planDocument = z.strictObject({
  format: z.literal('portolan.plan/1'),
  problem: z.string(),
  status: z.enum(['optimal', 'feasible']),
  objective,
  certificate,
  flows: z.array(flow),
  unserved: z.array(z.strictObject({ demand: z.string(), quantity: z.number(), reason: z.string() })),
  prices: z.strictObject({
    legs: z.array(legPrice),
    supplies: z.array(supplyPrice),
    demands: z.array(z.strictObject({ demand: z.string(), marginalCost: z.number() })),
  }),
  statistics: z.strictObject({
    columns: z.number(),
    rows: z.number(),
    rounds: z.number(),
    milliseconds: z.number(),
    engine: z.string(),
    warm: z.boolean(),
  }),
});

export type PlanDocument = z.infer<typeof planDocument>;
export type PlannedFlow = z.infer<typeof flow>;
export type PlannedLeg = z.infer<typeof plannedLeg>;
export type Objective = z.infer<typeof objective>;
export type Certificate = z.infer<typeof certificate>;
