import { comparisonDocument } from '@portolan/replay';
import { z } from 'zod';

/** A what-if run. */
export const runView = z.strictObject({
  id: z.string(),
  status: z.enum(['requested', 'running', 'finished', 'failed', 'cancelled']),
  requestedAt: z.string().meta({ format: 'date-time' }),
  progress: z
    .strictObject({
      done: z.int().meta({ description: 'Runs done; the baseline is the first' }),
      runs: z.int(),
      now: z.string().optional().meta({ description: "The planner's now in the baseline, while that runs" }),
    })
    .optional(),
  comparison: comparisonDocument.optional().meta({ description: 'When it is finished' }),
  errors: z
    .array(z.strictObject({ pointer: z.string(), message: z.string(), value: z.unknown().optional() }))
    .optional()
    .meta({ description: 'Why it failed: what does not fit the log, each with its line and column' }),
});

export type RunView = z.infer<typeof runView>;
