import { createHash } from 'node:crypto';
import { trace } from '@opentelemetry/api';
import { type AnswerGiven, type Millis, type Recommendation, decisionEvent, parseInstant } from '@portolan/domain';
import { decodeEvent, encodeEvent } from '@portolan/formats';
import { ProblemError } from '@portolan/platform';
import type { DocumentKey } from '@portolan/store';
import { type Appended, contextIn, topics } from '@portolan/streams';
import { Inject, Injectable } from '@nestjs/common';
import type { ApiOptions } from '../options.js';
import { API_OPTIONS } from '../options.js';
import { type CellProgress, cellKey, collections, keyIn } from '../projection/documents.js';
import { Projection } from '../projection/projection.js';
import { Recommendations } from '../recommendations/recommendations.js';
import { type DecisionRequest, agreeing, decide } from './decide.js';

/** The answer to a recommendation as it is in the log. */
export interface Decision extends AnswerGiven {
  readonly recommendation: string;
  /** Id of the event. */
  readonly event: string;
}

/** How long a request with an `Idempotency-Key` is known again; without, the log still takes one answer only. */
const KEPT_MS = 24 * 3600 * 1000;

interface KeptDecision {
  readonly request: string;
  readonly decision: Decision;
}

/**
 * Takes people's answers into the log. The log decides which answer was the first: it takes one per recommendation, so that two
 * people, or two processes, cannot decide differently.
 */
@Injectable()
export class Decisions {
  private readonly recommendations: Recommendations;

  constructor(
    @Inject(API_OPTIONS) private readonly options: ApiOptions,
    @Inject(Projection) private readonly projection: Projection,
  ) {
    this.recommendations = new Recommendations(options.store);
  }

  /** Resolves when the log has the answer. @param key of the request (`Idempotency-Key`) */
  async take(id: string, request: DecisionRequest, key: string | undefined): Promise<Decision> {
    const kept = key === undefined ? undefined : await this.kept(key, id, request);
    if (kept) return kept;
    const { document: recommendation } = await this.projection.whole(this.recommendations.one(id));
    await this.linkTo(id);
    const { answer, recorded } = decide(recommendation, request, await this.now(recommendation.cell));
    const decision = decisionOf(recommendation, recorded ? answer : await this.record(recommendation, answer));
    if (key !== undefined) await this.keep(key, id, request, decision);
    return decision;
  }

  /** The trace of the answer links to the one of what it answers. */
  private async linkTo(id: string): Promise<void> {
    const span = trace.getActiveSpan();
    const made = span && (await this.recommendations.traceOf(id));
    const context = made && contextIn({ ...made });
    if (context) span.addLink({ context });
  }

  /** The planner's now, were the answer received at this moment: not before that of the newest plan. */
  private async now(cell: string): Promise<Millis> {
    const planned = await this.options.store.get<CellProgress>(collections.cells, cellKey(cell));
    return Math.max(this.options.clock.now(), planned ? parseInstant(planned.document.now)! : 0);
  }

  /** The answer that counts: this one, or the one that was in the log before. */
  private async record(recommendation: Recommendation, answer: AnswerGiven): Promise<AnswerGiven> {
    const { id } = recommendation;
    const record = { ...encodeEvent(decisionEvent(recommendation, answer)), dedupe: `decision/${id}` };
    const [appended] = await this.options.log.append(topics.events, [record]);
    return appended!.duplicate ? agreeing(id, await this.before(appended!), answer.decision) : answer;
  }

  private async before({ topic, partition, offset }: Appended): Promise<AnswerGiven> {
    const [record] = await this.options.log.read(topic, partition, offset, 1);
    const event = record && decodeEvent(record);
    if (!event?.ok || event.value.type !== 'org.portolan.decision.made')
      throw new ProblemError('unavailable', 'The answer given before cannot be read at the moment.');
    const { decision, by, reason, at, policy } = event.value.data;
    return { decision, by, at, ...(reason !== undefined && { reason }), ...(policy !== undefined && { policy }) };
  }

  private async kept(key: string, id: string, request: DecisionRequest): Promise<Decision | undefined> {
    const found = await this.options.store.kept<KeptDecision>(placeOf(key));
    if (!found) return undefined;
    if (found.request === digest(id, request)) return found.decision;
    const detail = `Idempotency-Key (${key.slice(0, 100)}) was used for another decision: make a new one for each.`;
    throw new ProblemError('idempotency-key-reused', detail);
  }

  private async keep(key: string, id: string, request: DecisionRequest, decision: Decision): Promise<void> {
    const kept: KeptDecision = { request: digest(id, request), decision };
    await this.options.store.keep(placeOf(key), kept, KEPT_MS);
  }
}

const decisionOf = (recommendation: Recommendation, answer: AnswerGiven): Decision => {
  const { decision, by, reason, policy, at } = answer;
  const { id: event } = decisionEvent(recommendation, answer);
  return {
    recommendation: recommendation.id,
    decision,
    by,
    ...(reason !== undefined && { reason }),
    ...(policy !== undefined && { policy }),
    at,
    event,
  };
};

const placeOf = (key: string): DocumentKey => ({ collection: collections.idempotencyKeys, id: keyIn('', key) });

const digest = (id: string, { decision, reason, by }: DecisionRequest): string =>
  createHash('sha256')
    .update(JSON.stringify([id, decision, reason ?? null, by]))
    .digest('base64url');
