import type { Explanation } from './explanation.js';
import type { Recommendation, ShipmentView } from './recommendation.js';

/** The type attribute of the one kind of message on `portolan.plans`. */
export const PLAN_PUBLISHED = 'org.portolan.plan.published';

/** How a live plan came back from what was written down of it. */
export interface Resumption {
  /** Position of the publication whose plan was written down. */
  readonly from: number;
  /** Position that it was brought up to before this step: others had published until there. Absent where nobody had. */
  readonly over?: number;
}

/**
 * One planning step of one cell, one message on `portolan.plans`, appended as a whole: the plan, and what became of
 * recommendations and shipments by it. `P` is the plan document (`portolan.plan/1`).
 */
export interface PlanPublication<P = unknown> {
  readonly cell: string;
  /** Counts the plans of the cell, from 1. */
  readonly version: number;
  /** Offset in `portolan.events` of the newest event the plan knows. Readers ignore what is not newer. */
  readonly position: number;
  /** The planner's now (RFC 3339). */
  readonly now: string;
  readonly plan: P;
  /** Recommendations that are new or changed by this step, whole. */
  readonly recommendations: readonly Recommendation[];
  /** Shipments that are new or look different since the last step, whole. */
  readonly shipments: readonly ShipmentView[];
  /** Shipments that are no more. */
  readonly gone: readonly string[];
  /**
   * Why shipments travel as the plan says: those that are new or look different, and those of recommendations that are new or changed.
   * What is said of a shipment that is planned no more has nothing here. Steps written by older versions have none.
   */
  readonly explanations?: readonly Explanation[];
  /** What was left out of planning, and why. */
  readonly unplanned: readonly { readonly id: string; readonly reason: string }[];
  /** What the optimizer needs to go on from here after a restart. */
  readonly ledger: unknown;
  /**
   * Since the step before, the live plan was written down, and went on from that, here or in another process: of several equally good plans
   * it may find another one from then on. Absent where it simply went on.
   */
  readonly resumed?: Resumption;
}
