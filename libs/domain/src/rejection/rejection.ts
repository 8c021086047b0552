import { z } from 'zod';
import { instant } from '../events/primitives.js';

const fault = z.object({
  pointer: z.string().meta({ description: 'JSON Pointer (RFC 6901) into the message' }),
  value: z.unknown().optional().meta({ description: 'What was found there' }),
  message: z.string().meta({ description: 'What is wrong, and what would be right' }),
});

/**
 * One item of a message that was rejected, or a whole message, as lists show it; or a record of the log that one of its readers could not
 * take, and went on without.
 */
export const rejection = z.strictObject({
  id: z.string().meta({ description: 'Place of the record in the log' }),
  cell: z.string().meta({ description: 'Planning cell of the message' }),
  received: instant,
  format: z
    .string()
    .optional()
    .meta({ description: 'Standard of the message; absent when nothing of it could be read' }),
  source: z.string().optional().meta({ description: 'Who or what the sender said it is' }),
  index: z.int().optional().meta({ description: 'Of the item in the message, from 0; absent for a whole message' }),
  pointer: z.string().meta({ description: 'Place of the item in the message (RFC 6901)' }),
  faults: z.array(fault).min(1),
  inbox: z
    .strictObject({ partition: z.int(), offset: z.int() })
    .optional()
    .meta({ description: 'Where the message is kept as it came; absent for a record of the log' }),
  record: z
    .strictObject({ topic: z.string(), partition: z.int(), offset: z.int() })
    .optional()
    .meta({ description: 'The record of the log that could not be taken' }),
  reader: z.string().optional().meta({ description: 'Who could not take the record, such as `optimizer`' }),
  tries: z.int().optional().meta({ description: 'How often that was tried' }),
  resolved: z.boolean().meta({ description: 'Was it accepted when it was tried again?' }),
});

export type Rejection = z.infer<typeof rejection>;

/** The message around the place of a fault, as text. */
export const rejectedMessage = z.strictObject({
  contentType: z.string().optional(),
  bytes: z.int().meta({ description: 'Of the whole message' }),
  line: z.int().optional().meta({ description: 'Of the fault, from 1; absent where the place cannot be found' }),
  column: z.int().optional().meta({ description: 'Of the fault, from 1, in UTF-16 units' }),
  from: z.int().meta({ description: 'Line at which the excerpt begins' }),
  excerpt: z.string().meta({ description: 'Some lines around the fault; long lines are cut' }),
});

export type RejectedMessage = z.infer<typeof rejectedMessage>;

/** A rejection with the part of the message it is about; without it where the log keeps the message no more. */
export const rejectionDetail = rejection.extend({ message: rejectedMessage.optional() });

export type RejectionDetail = z.infer<typeof rejectionDetail>;

/** What became of a rejection that was tried again. */
export const retried = z.strictObject({
  id: z.string(),
  status: z.enum(['resolved', 'rejected']),
  accepted: z.int().meta({ description: 'Events that are new in the log' }),
  duplicates: z.int().meta({ description: 'Events the log had already' }),
  rejected: z.int().meta({
    description: 'Items that are still rejected; of a whole message that is resolved, each is listed by itself',
  }),
  faults: z.array(fault).optional().meta({ description: 'What is wrong today, where it stays rejected' }),
});

export type Retried = z.infer<typeof retried>;

/** What became of the rejections that one request tried again; `next` is the cursor of those it did not come to. */
export const retriedAll = z.strictObject({
  tried: z.int(),
  resolved: z.int(),
  rejected: z.int(),
  accepted: z.int().meta({ description: 'Events that are new in the log' }),
  duplicates: z.int().meta({ description: 'Events the log had already' }),
  next: z.string().optional(),
});

export type RetriedAll = z.infer<typeof retriedAll>;

const text = z
  .string({ error: 'must be text, once' })
  .min(1, 'must not be empty')
  .max(600, 'must have 600 characters or less');

/** Which rejections are meant, as query parameters. */
export const rejectionFilter = z.strictObject({
  since: text.pipe(instant).optional().meta({ description: 'Received at this instant or later' }),
  reason: text.optional().meta({ description: 'Part of what is said to be wrong; case does not matter' }),
  format: text
    .optional()
    .meta({ description: 'Name of the standard, or its beginning; `unknown`: nothing could be read' }),
  source: text.optional().meta({ description: 'Part of what the sender said it is; case does not matter' }),
});

export type RejectionFilter = z.infer<typeof rejectionFilter>;

const limit = (standard: number) =>
  z
    .string({ error: 'must be a whole number, once' })
    .regex(/^\d{1,6}$/, 'must be a whole number from 1 to 500')
    .transform(Number)
    .pipe(z.int().min(1, 'must be 1 or more').max(500, 'must be 500 or less'))
    .optional()
    .meta({ description: `Most entries. Default: ${standard}` });

const cursor = text.optional().meta({ description: '`next` of the answer before, with the same filter' });

export const rejectionQuery = rejectionFilter.extend({
  all: z
    .enum(['true', 'false'], { error: 'must be true or false' })
    .optional()
    .meta({ description: 'Also those that were accepted meanwhile. Default: false' }),
  cursor,
  limit: limit(100),
});

export type RejectionQuery = z.output<typeof rejectionQuery>;

export const retryQuery = rejectionFilter.extend({ cursor, limit: limit(100) });

export type RetryQuery = z.output<typeof retryQuery>;
