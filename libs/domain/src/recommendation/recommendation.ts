import { z } from 'zod';
import { assignment, kinds, step } from '../events/decision.js';
import { coordinates, duration, identifier, instant } from '../events/primitives.js';

/** What an itinerary costs, by the rules of `portolan.problem/1`; money in the cell's currency. */
export const costParts = z.strictObject({
  transport: z.number(),
  handling: z.number(),
  storage: z.number(),
  lateness: z.number(),
  spoilage: z.number(),
  emissions: z.number(),
  supply: z.number(),
  revenue: z.number(),
});

export const itineraryLeg = z.strictObject({
  service: z.string(),
  leg: z.string().optional(),
  mode: z.string(),
  from: z.string(),
  to: z.string(),
  departs: instant,
  arrives: instant,
});

/** A quantity of a shipment on one itinerary: what happens, and what it costs for all of the quantity. */
export const itineraryView = z.strictObject({
  supply: z.string().optional(),
  quantity: z.number(),
  legs: z
    .array(itineraryLeg)
    .meta({ description: 'Empty where goods stay on board to their destination, or lie there already' }),
  unserved: z.string().optional().meta({ description: 'Why this quantity is left unserved; then there are no legs' }),
  unitCost: z.number().meta({ description: 'Per unit, revenue subtracted, as `flows.unitCost` of the plan' }),
  cost: z.number().meta({ description: 'quantity x unitCost' }),
  parts: costParts.optional().meta({ description: 'Per unit' }),
  co2eKg: z.number().meta({ description: 'For all of the quantity' }),
  hours: z.number().meta({ description: 'From ready to delivered' }),
  delivered: instant.optional(),
});

export const money = z.strictObject({ amount: z.number(), currency: z.string() });

export const eventReference = z.strictObject({
  id: z.string(),
  type: z.string(),
  subject: z.string().optional(),
  time: instant,
  position: z.number(),
  summary: z.string(),
});

export const alternative = z.strictObject({
  legs: z.array(itineraryLeg),
  supply: z.string().optional(),
  costsMore: z.number().meta({ description: 'Money per unit, against the proposal, at the prices of the plan' }),
  delivered: instant.optional(),
  co2eKg: z.number().meta({ description: 'Per unit' }),
  because: z.string(),
});

/** One shipment of a recommendation: the itinerary in force, as things now stand, and the one proposed. */
export const change = z.strictObject({
  shipment: z.string(),
  order: z.string(),
  quantity: z.number(),
  from: z.string(),
  to: z.string(),
  due: instant.optional(),
  inForce: z.array(itineraryView),
  baseline: z.enum(['none', 'kept', 'broken', 'unserved']).meta({
    description:
      'What the saving is measured against: nothing in force; the itinerary in force as it stands; its still possible ' +
      'beginning with the cheapest continuation, since it can no longer be carried out; leaving it unserved',
  }),
  proposed: z.array(itineraryView),
  assignments: z.array(assignment).meta({ description: 'What acceptance puts in force' }),
  saving: z.strictObject({ amount: z.number(), hours: z.number(), co2eKg: z.number() }),
  alternatives: z.array(alternative),
});

export const statuses = ['open', 'accepted', 'rejected', 'expired', 'superseded'] as const;

export const recommendation = z.strictObject({
  id: identifier.meta({ description: 'Depends on what is proposed: the same while re-planning keeps proposing it' }),
  cell: z.string(),
  kind: z.enum(kinds),
  status: z.enum(statuses),
  statusReason: z.string().optional(),
  summary: z.string(),
  changes: z.array(change).min(1),
  lots: z.array(z.string()),
  saving: z.strictObject({ amount: z.number(), currency: z.string(), hours: z.number(), co2eKg: z.number() }),
  decideBy: instant
    .optional()
    .meta({ description: 'The last moment at which the first step that differs can be reached' }),
  decideByStep: step.optional(),
  causes: z.array(eventReference),
  binding: z
    .array(
      z.strictObject({
        service: z.string(),
        leg: z.string().optional(),
        resource: z.enum(['capacity', 'reeferPlugs']),
        used: z.number(),
        capacity: z.number(),
        shadowPrice: z.number(),
      }),
    )
    .meta({ description: 'Full resources on the itineraries in force and proposed' }),
  plan: z
    .strictObject({ version: z.number(), position: z.number() })
    .meta({ description: 'The plan it was last confirmed by' }),
  createdAt: instant,
  updatedAt: instant,
  decision: z
    .strictObject({
      decision: z.enum(['accept', 'reject']),
      by: z.string(),
      reason: z.string().optional(),
      at: instant,
      policy: z.string().optional(),
    })
    .optional(),
});

export const milestoneView = z.strictObject({
  what: z.string().meta({ description: 'Such as `loaded`, `arrival`, `gate-in`' }),
  location: z.string().optional(),
  transport: z.string().optional(),
  planned: instant.optional(),
  estimated: instant.optional(),
  giveOrTake: duration
    .optional()
    .meta({ description: 'Where it goes by where the vessel was seen: how wrong it may be' }),
  actual: instant.optional(),
});

/** A shipment as people see it: goods planned as one, where they are, what is in force and what the plan proposes. */
export const shipmentView = z.strictObject({
  id: z.string(),
  order: z.string(),
  customer: z.string().optional(),
  status: z.enum(['planned', 'moving', 'delivered', 'held', 'unknown', 'cancelled', 'unplanned']),
  statusReason: z.string().optional(),
  product: z.string().optional(),
  reefer: z.boolean(),
  quantity: z.number(),
  unit: z.string(),
  from: z.string().optional(),
  to: z.string(),
  available: instant.optional(),
  due: instant.optional(),
  latest: instant.optional(),
  equipment: z.array(z.string()),
  whereabouts: z.string().meta({ description: 'One line: at a place, on a leg, on a truck, delivered, unknown' }),
  position: coordinates.optional(),
  inForce: z.array(itineraryView),
  planned: z.array(itineraryView),
  cost: money.optional().meta({ description: 'Of the itinerary planned, all of the quantity' }),
  co2eKg: z.number().optional(),
  risk: z
    .array(z.string())
    .meta({ description: 'What may go wrong or did: late, warm, power off, below tolerated range' }),
  timeline: z.array(milestoneView),
});

export type CostParts = z.infer<typeof costParts>;
export type ItineraryLeg = z.infer<typeof itineraryLeg>;
export type ItineraryView = z.infer<typeof itineraryView>;
export type EventReference = z.infer<typeof eventReference>;
export type Alternative = z.infer<typeof alternative>;
export type RecommendedChange = z.infer<typeof change>;
export type RecommendationStatus = (typeof statuses)[number];
export type Recommendation = z.infer<typeof recommendation>;
export type MilestoneView = z.infer<typeof milestoneView>;
export type ShipmentView = z.infer<typeof shipmentView>;
