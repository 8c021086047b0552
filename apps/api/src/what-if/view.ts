import { type RunMessage, comparisonDocument, messageIn } from '@portolan/replay';
import type { LogRecord } from '@portolan/streams';
import { z } from 'zod';

export const runStatuses = ['requested', 'running', 'finished', 'failed', 'cancelled'] as const;

/** A what-if run. */
export const runView = z.strictObject({
  id: z.string(),
  name: z.string().optional().meta({ description: 'Of the scenario' }),
  status: z.enum(runStatuses),
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

/** A run in the list: without what it has come to. */
export const runRow = runView.omit({ comparison: true, errors: true });
export type RunRow = z.infer<typeof runRow>;

/** What a request alone says of its run. An id says where that is in the log, and its key: `partition-offset-key`. */
export function requestedRun(record: LogRecord): RunRow {
  const { partition, offset, key } = record;
  const { at, name } = messageIn(record) as RunMessage & { kind: 'requested' };
  return {
    id: `${partition}-${offset}-${key}`,
    ...(name !== undefined && { name }),
    status: 'requested',
    requestedAt: at,
  };
}

/** What a run is behind one message more. */
export function runAfter(view: RunView, message: RunMessage): RunView {
  switch (message.kind) {
    case 'requested':
      return view;
    case 'progress':
      return { ...view, status: 'running', progress: message.progress };
    case 'finished':
      return { ...view, status: 'finished', comparison: message.comparison };
    case 'failed':
      return { ...view, status: 'failed', errors: [...message.errors] };
    case 'cancelled': {
      const { comparison: _, errors: __, progress: ___, ...rest } = view;
      return { ...rest, status: 'cancelled' };
    }
  }
}
