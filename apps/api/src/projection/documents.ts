import { createHash } from 'node:crypto';
import {
  type Explanation,
  type Millis,
  type PlanPublication,
  type Recommendation,
  type RecommendationStatus,
  parseInstant,
} from '@portolan/domain';

/** Collections of the read model, and what the ids in them are. */
export const collections = {
  /** Whole recommendations by their id, which is unique among all cells. */
  recommendations: 'recommendations',
  /** What recommendations are found and sorted by (`RecommendationRow`), by `rowKey`. */
  rows: 'recommendation-rows',
  /** When recommendations were closed (`ClosedRecommendation`), by `closedKey`: those closed longest ago come first. */
  closed: 'closed-recommendations',
  /** Shipments by `keyIn(cell, id)`. */
  shipments: 'shipments',
  /** Why shipments travel as they do (`StoredExplanation`), by `keyIn(cell, id)`. */
  explanations: 'explanations',
  /** The current plan (`CurrentPlan`) by `cellKey`. */
  plans: 'plans',
  /** How far each cell has been planned (`CellProgress`) by `cellKey`. */
  cells: 'cells',
  /** The trace that made a recommendation what it is (`StoredTrace`), by its id; none where traces were off. */
  traces: 'traces',
  /** Decisions given with an `Idempotency-Key`, by `keyIn('', key)`; not of the log, kept for a day. */
  idempotencyKeys: 'idempotency-keys',
} as const;

export type CurrentPlan = Pick<PlanPublication, 'version' | 'position' | 'now' | 'plan'>;
export type CellProgress = Pick<PlanPublication, 'cell' | 'version' | 'position' | 'now'>;

/** W3C Trace Context of the message on `portolan.plans` that a document comes from. */
export interface StoredTrace {
  readonly traceparent: string;
  readonly tracestate?: string;
}

/** An explanation, and the plan whose prices it tells. */
export interface StoredExplanation {
  readonly explanation: Explanation;
  readonly plan: Pick<PlanPublication, 'version' | 'position' | 'now'>;
}

/** A recommendation that is not open any more. */
export interface ClosedRecommendation {
  readonly id: string;
  /** Its `updatedAt` then. */
  readonly at: string;
}

const LONGEST_PART = 200;

/** A cell as part of an id; no cell's key begins another's followed by a slash. */
export const cellKey = (cell: string): string => shortened(encodeURIComponent(cell));

/** The id of something that is unique in its cell. Stores take ids up to 512 bytes, senders may give longer ones. */
export const keyIn = (cell: string, id: string): string => `${cellKey(cell)}/${shortened(id)}`;

export const rowKey = (cell: string, status: RecommendationStatus, id: string): string =>
  `${cellKey(cell)}/${status}/${shortened(id)}`;

export const closedKey = (cell: string, { id, updatedAt }: Recommendation): string =>
  `${closedPrefix(cell, parseInstant(updatedAt)!)}/${shortened(id)}`;

/** Ids in a cell that begin so are in the order of time. */
export const closedPrefix = (cell: string, at: Millis): string =>
  `${cellKey(cell)}/${String(Math.max(0, at)).padStart(15, '0')}`;

function shortened(part: string): string {
  if (Buffer.byteLength(part) <= LONGEST_PART) return part;
  return `${part.slice(0, 30)}~${createHash('sha256').update(part).digest('base64url')}`;
}
