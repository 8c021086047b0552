import { z } from 'zod';
import { parseDuration } from '../time/duration.js';
import { parseInstant } from '../time/instant.js';

/** Text that names something: trimmed, not empty, at most 200 characters. */
export const identifier = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .meta({ description: 'Opaque identifier, unique among things of its kind in a planning cell' });

export const instant = z
  .string()
  .refine((text) => parseInstant(text) !== undefined, {
    error: 'must be an RFC 3339 instant with an offset, such as 2026-03-05T10:00:00Z',
  })
  .meta({ format: 'date-time', description: 'RFC 3339 instant with an offset' });

export const duration = z
  .string()
  .refine((text) => parseDuration(text) !== undefined, {
    error: 'must be an ISO 8601 duration of weeks, days, hours, minutes and seconds, such as PT90M',
  })
  .meta({ format: 'duration', description: 'ISO 8601 duration without years and months' });

/** A number that may not be negative: money per unit, quantities in the cell's unit, factors. */
export const amount = z.number().min(0);
export const quantity = z.number().positive();

export const unlocode = z
  .string()
  .regex(/^[A-Z]{2}[A-Z2-9]{3}$/, 'must be a UN/LOCODE: two letters of the country and three of the place')
  .meta({ description: 'UN/LOCODE' });

export const coordinates = z.strictObject({
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
});

/** What a sender says of a milestone in time: planned, estimated, requested or actual (DCSA PLN, EST, REQ, ACT). */
export const classifier = z.enum(['planned', 'estimated', 'requested', 'actual']);

/** A place as senders name it; what identifies it best comes first: our id, a facility code, a UN/LOCODE. */
export const placeReference = z.strictObject({
  location: identifier.optional(),
  facility: z.string().max(20).optional().meta({ description: 'SMDG terminal code or BIC facility code' }),
  unlocode: unlocode.optional(),
  name: z.string().max(200).optional(),
  position: coordinates.optional(),
});

/** A transport run as senders name it: our service id, or vessel and voyage, or the carrier's call reference. */
export const transportReference = z.strictObject({
  service: identifier.optional(),
  mode: z.string().max(50).optional(),
  imo: z.string().max(8).optional().meta({ description: 'IMO number of the vessel, 7 digits' }),
  mmsi: z.string().max(9).optional(),
  vesselName: z.string().max(100).optional(),
  callSign: z.string().max(9).optional().meta({ description: 'Radio call sign of the vessel' }),
  voyages: z.array(z.string().max(50)).optional().meta({ description: 'Import and export voyage numbers' }),
  carrierService: z.string().max(50).optional(),
  callReference: z.string().max(100).optional(),
  callSequence: z.int().min(0).optional(),
});

export const documentReference = z.strictObject({
  type: z.string().max(30).meta({ description: 'BKG booking, TRD transport document, SHI shipping instruction, FF …' }),
  reference: z.string().max(200),
});

/** What a sender said that this version does not understand: kept, never lost. */
export const extensions = z.record(z.string(), z.unknown()).optional();
export const flags = z
  .array(z.string().max(200))
  .optional()
  .meta({ description: 'Doubts about the message that did not reject it, such as a wrong check digit' });

export type PlaceReference = z.infer<typeof placeReference>;
export type TransportReference = z.infer<typeof transportReference>;
export type Classifier = z.infer<typeof classifier>;
