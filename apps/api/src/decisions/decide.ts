import {
  type AnswerGiven,
  type Millis,
  type Parsed,
  type Recommendation,
  faultsOf,
  formatInstant,
  parseInstant,
} from '@portolan/domain';
import { ProblemError } from '@portolan/platform';
import { z } from 'zod';

/** What a person sends. */
export const decisionRequest = z.strictObject({
  decision: z.enum(['accept', 'reject'], { error: 'must be accept or reject' }),
  reason: z.string().max(1000).optional().meta({ description: 'Why; people read it later' }),
  by: z.string().min(1).max(200).default('api').meta({ description: 'Who decides' }),
});

export type DecisionRequest = z.output<typeof decisionRequest>;

export function readDecision(body: unknown): Parsed<DecisionRequest> {
  const parsed = decisionRequest.safeParse(body);
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, faults: faultsOf(parsed.error, body) };
}

/** Either the answer that is now to be recorded, or the one that was given before. */
export type Outcome = { readonly answer: AnswerGiven; readonly recorded: boolean };

/**
 * What becomes of an answer to a recommendation at a moment. The same answer given again is the one given before.
 * Throws `conflict-decided`, `conflict-superseded` and `too-late`.
 * @param now the planner's now
 */
export function decide(
  recommendation: Recommendation,
  { decision, reason, by }: DecisionRequest,
  now: Millis,
): Outcome {
  const { id, status, statusReason, decision: before, decideBy } = recommendation;
  if (before) return { answer: agreeing(id, before, decision), recorded: true };
  if (status !== 'open') {
    const detail = `${id} is ${status}: ${statusReason ?? 'no reason is known'}.`;
    throw new ProblemError('conflict-superseded', detail, { members: { recommendationStatus: status } });
  }
  if (decideBy !== undefined && parseInstant(decideBy)! <= now)
    throw new ProblemError('too-late', `${id} had to be decided by ${decideBy}; it is ${formatInstant(now)} now.`);
  return { answer: { decision, by, ...(reason !== undefined && { reason }), at: formatInstant(now) }, recorded: false };
}

/** The answer given before. Throws `conflict-decided` when it was the contrary: the first one counts. */
export function agreeing(id: string, before: AnswerGiven, decision: AnswerGiven['decision']): AnswerGiven {
  if (before.decision === decision) return before;
  const detail = `${id} was ${before.decision}ed by ${before.by} at ${before.at}. The first answer counts.`;
  throw new ProblemError('conflict-decided', detail, { members: { decision: before } });
}
