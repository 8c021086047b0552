import { type AnswerGiven, type Millis, type Recommendation, formatInstant, parseInstant } from '@portolan/domain';
import { ProblemError } from '@portolan/platform';
import { z } from 'zod';

export const decisionBody = z.strictObject({
  decision: z.enum(['accept', 'reject'], { error: 'must be accept or reject' }),
  reason: z.string().max(1000).optional(),
  by: z.string().min(1).max(200).default('api').meta({ description: 'Who decides' }),
});

export type DecisionBody = z.infer<typeof decisionBody>;

/**
 * The answer to a recommendation at a moment, or why it can no longer be given. Given again, the same answer is the same.
 * @param now the planner's now
 */
export function decide(
  recommendation: Recommendation,
  { decision, reason, by }: DecisionBody,
  now: Millis,
): AnswerGiven {
  const { id, status, decision: before, decideBy } = recommendation;
  if (before && before.decision !== decision)
    throw new ProblemError(
      'conflict-decided',
      `${id} was decided by ${before.by} at ${before.at}: ${before.decision}.`,
    );
  if (before) return { ...before, ...(before.reason === undefined ? {} : { reason: before.reason }) } as AnswerGiven;
  if (status !== 'open')
    throw new ProblemError(
      'conflict-superseded',
      `${id} is ${status}: ${recommendation.statusReason ?? 'no reason known'}.`,
    );
  if (decideBy !== undefined && parseInstant(decideBy)! <= now)
    throw new ProblemError('too-late', `${id} had to be decided by ${decideBy}; it is ${formatInstant(now)}.`);
  return { decision, by, ...(reason !== undefined && { reason }), at: formatInstant(now) };
}
