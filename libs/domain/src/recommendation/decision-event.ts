import type { EventOf } from '../events/event.js';
import type { Recommendation } from './recommendation.js';

export interface AnswerGiven {
  readonly decision: 'accept' | 'reject';
  /** Who answered: a person's name or account, or `policy`. */
  readonly by: string;
  readonly reason?: string;
  /** The policy that answered, as it was written down. */
  readonly policy?: string;
  /** RFC 3339; the planner's now. */
  readonly at: string;
}

/**
 * The answer to a recommendation as an event for the log. It carries what was proposed, so that the fold needs nothing but the
 * event; its id depends on recommendation and answer only, so that the same answer given twice is one event.
 */
export function decisionEvent(
  recommendation: Recommendation,
  answer: AnswerGiven,
): EventOf<'org.portolan.decision.made'> {
  const { id, cell, kind, saving, causes, changes } = recommendation;
  return {
    specversion: '1.0',
    id: `decision/${id}/${answer.decision}`,
    source: answer.policy === undefined ? '/api' : '/optimizer',
    type: 'org.portolan.decision.made',
    subject: id,
    time: answer.at,
    recordedtime: answer.at,
    partitionkey: cell,
    data: {
      recommendation: id,
      ...answer,
      proposal: {
        kind,
        saving: saving.amount,
        causes: causes.map((cause) => cause.id),
        shipments: changes.map(({ shipment, assignments }) => ({ shipment, assignments })),
      },
    },
  };
}
