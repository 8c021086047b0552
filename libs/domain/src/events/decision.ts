import { z } from 'zod';
import { extensions, identifier, instant, quantity } from './primitives.js';

export const kinds = ['book', 'reroute', 'reallocate', 'hold', 'expedite', 'accept-delay'] as const;

/** A step as the planning problem names it: a scheduled leg (`leg` given) or an on-demand service. */
export const step = z.strictObject({ service: identifier, leg: z.string().max(20).optional() });

/** A quantity of a shipment on one itinerary, from a lot where the order is for a product. */
export const assignment = z.strictObject({ supply: identifier.optional(), quantity, itinerary: z.array(step) });

/** What a proposal would put in force, shipment by shipment; what no assignment takes stays unserved for now. */
export const proposal = z.strictObject({
  kind: z.enum(kinds),
  saving: z.number(),
  causes: z.array(z.string()),
  shipments: z.array(z.strictObject({ shipment: identifier, assignments: z.array(assignment) })).min(1),
});

/** A person (or a policy somebody wrote down) answered a recommendation. It carries what was decided, so that the log suffices. */
export const decisionMade = z.strictObject({
  recommendation: identifier,
  decision: z.enum(['accept', 'reject']),
  reason: z.string().max(1000).optional(),
  by: z.string().max(200),
  policy: z.string().max(100).optional(),
  at: instant,
  proposal,
  extensions,
});

/** Moves the planner's now when nothing else comes. */
export const clockTicked = z.strictObject({ now: instant, extensions });

/** The sender takes an earlier event back (DCSA `isRetracted`, EPCIS `errorDeclaration`). */
export const eventRetracted = z.strictObject({
  retracts: z.string().max(600),
  reason: z.string().max(500).optional(),
  extensions,
});

export type Kind = (typeof kinds)[number];
export type Step = z.infer<typeof step>;
export type Assignment = z.infer<typeof assignment>;
export type Proposal = z.infer<typeof proposal>;
