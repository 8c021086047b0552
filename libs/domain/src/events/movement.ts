import { z } from 'zod';
import {
  classifier,
  coordinates,
  documentReference,
  extensions,
  flags,
  identifier,
  instant,
  placeReference,
  transportReference,
  unlocode,
} from './primitives.js';

/** What happened to a container or trailer (DCSA EQUIPMENT events, EDIFACT CODECO and COARRI). */
export const moves = [
  'gate-in',
  'gate-out',
  'loaded',
  'discharged',
  'stuffed',
  'stripped',
  'picked-up',
  'dropped-off',
  'inspected',
  'resealed',
  'removed',
] as const;

/** What a container is like when somebody sees it. */
const condition = {
  empty: z.boolean().optional(),
  grossMassKg: z.number().positive().optional().meta({ description: 'Container and cargo' }),
  verifiedGrossMassKg: z.number().positive().optional().meta({ description: 'As SOLAS VI/2 asks for (VGM)' }),
  seals: z.array(z.string().max(50)).optional(),
  damages: z.array(z.string().max(200)).optional(),
  setPoint: z.number().optional().meta({ description: '°C' }),
  dangerousGoods: z
    .array(z.strictObject({ class: z.string().max(10).optional(), un: z.string().max(10).optional() }))
    .optional()
    .meta({ description: 'IMDG class and UN number' }),
};

export const equipmentMoved = z.strictObject({
  equipment: z.string().max(20).optional().meta({ description: 'ISO 6346 container number, upper case, no spaces' }),
  isoType: z.string().max(4).optional(),
  move: z.enum(moves),
  classifier,
  at: instant,
  place: placeReference.optional(),
  transport: transportReference.optional(),
  ...condition,
  references: z.array(documentReference).optional(),
  flags,
  extensions,
});

/**
 * A container stands on board of a voyage (EDIFACT BAPLIE), from the departure from `place` on: seen there, not seen moving,
 * so that nobody says when it was loaded.
 */
export const equipmentStowed = z.strictObject({
  equipment: z.string().max(20).optional().meta({ description: 'ISO 6346 container number, upper case, no spaces' }),
  isoType: z.string().max(4).optional(),
  classifier,
  at: instant,
  transport: transportReference,
  place: placeReference.optional().meta({ description: 'The port the vessel leaves with it' }),
  slot: z.string().max(30).optional().meta({ description: 'Bay, row and tier, such as 0340482 (ISO 9711)' }),
  loading: placeReference.optional(),
  discharge: placeReference.optional(),
  destination: placeReference.optional(),
  ...condition,
  references: z.array(documentReference).optional(),
  flags,
  extensions,
});

const callMoment = z.enum(['arrival', 'departure']);

/**
 * Arrival at or departure from a call, as planned, estimated, requested or actual (DCSA TRANSPORT events). Where the message
 * names only a reference, what that was described as (`callDescribed`) counts.
 */
export const transportCalled = z.strictObject({
  transport: transportReference,
  call: callMoment.optional().meta({ description: 'Absent where only the description of its call reference tells' }),
  classifier,
  at: instant,
  place: placeReference,
  delayReason: z.string().max(20).optional(),
  remark: z.string().max(500).optional(),
  references: z.array(documentReference).optional(),
  flags,
  extensions,
});

/**
 * What a sender's reference of a call, of a visit to a port or of a service there stands for, so that words which name
 * nothing but the reference find their run (DCSA Just-in-Time: port call, terminal call, port call service).
 */
export const callDescribed = z.strictObject({
  reference: z.string().min(1).max(100),
  within: z.string().max(100).optional().meta({ description: 'The reference of what it is a part of' }),
  transport: transportReference.optional(),
  place: placeReference.optional(),
  call: callMoment.optional().meta({ description: 'What a time of this reference is the time of' }),
  flags,
  extensions,
});

/** Where paperwork stands. `held` takes goods out of planning until `released`, or until `expectedRelease`. */
export const milestoneReached = z.strictObject({
  milestone: z.enum([
    'received',
    'drafted',
    'pending',
    'rejected',
    'approved',
    'issued',
    'surrendered',
    'submitted',
    'void',
    'confirmed',
    'requested',
    'completed',
    'held',
    'released',
    'cancelled',
    'other',
  ]),
  code: z.string().max(20).optional().meta({ description: "The sender's own code, such as HOLD or CONF" }),
  classifier,
  at: instant,
  document: documentReference.optional(),
  references: z.array(documentReference).optional(),
  equipment: z.string().max(20).optional(),
  order: identifier.optional(),
  expectedRelease: instant.optional(),
  hold: z
    .string()
    .max(50)
    .optional()
    .meta({ description: 'Which of several holds, such as customs: each is released on its own' }),
  reason: z.string().max(1000).optional(),
  flags,
  extensions,
});

/** What a reefer or a sensor says. Temperatures in °C, shares in percent. */
export const sensorRead = z.strictObject({
  equipment: z.string().max(20),
  at: instant,
  place: placeReference.optional(),
  setPoint: z.number().optional(),
  temperature: z.number().optional().meta({ description: 'Supply or return air, or the warmest probe' }),
  probes: z.array(z.number()).optional(),
  ambient: z.number().optional(),
  humidity: z.number().optional(),
  o2: z.number().optional(),
  co2: z.number().optional(),
  power: z.enum(['on', 'off']).optional(),
  door: z.enum(['open', 'closed']).optional(),
  code: z.string().max(20).optional(),
  flags,
  extensions,
});

export const positionReported = z.strictObject({
  transport: transportReference,
  at: instant,
  position: coordinates,
  speedKnots: z.number().min(0).optional(),
  courseDegrees: z.number().optional(),
  destination: z.string().max(100).optional(),
  destinationCode: unlocode.optional().meta({ description: 'The UN/LOCODE that the destination is read as' }),
  eta: instant.optional().meta({ description: 'When the crew expects to arrive there' }),
  flags,
  extensions,
});
