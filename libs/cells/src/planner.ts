import type { Explanation, PlanDocument, ProblemDocument, Step } from '@portolan/domain';

/** The cheapest itinerary that begins with these steps, by `itineraryId`; absent where there is none. */
export type ContinuationsById = Readonly<Record<string, readonly Step[]>>;

export interface Planned {
  readonly plan: PlanDocument;
  /** For the itineraries in force that the plan would give up. */
  readonly continuations: ContinuationsById;
  /** Why the plan was computed from scratch, where a live one should have been changed. */
  readonly rebuilt?: string;
  /** Milliseconds in searches for itineraries and their proofs, and in the master program; absent where nobody has measured. */
  readonly times?: { readonly pricing: number; readonly master: number };
  /** Was it stopped before the optimum was proven? Asked again, the planner goes on from there. */
  readonly stopped?: boolean;
}

/** Keeps the best plan of each cell, here or in another thread. One problem at a time; the next waits. */
export interface Planner {
  /**
   * The optimal plan of the cell's problem as it is now; what has changed since the last one is found by the planner.
   * @param signal aborted, the best plan so far is the answer
   */
  plan(cell: string, problem: ProblemDocument, signal?: AbortSignal): Promise<Planned>;
  /** Why these demands travel as the last plan of the cell says. */
  explain(cell: string, demands: readonly string[]): Promise<readonly Explanation[]>;
  /** What the live plan of the cell needs to go on warm in another process, as bytes; `undefined` where there is none, or it is not proven. */
  snapshot(cell: string): Promise<Uint8Array | undefined>;
  /** As `snapshot`; and the live plan goes on from it as one that is restored elsewhere does, so that both find the same plans. */
  save(cell: string): Promise<Uint8Array | undefined>;
  /**
   * Goes on from what `snapshot` or `save` gave when this was the cell's problem. Where that does not work, the next plan is made from nothing.
   * @param forks will the cell go on from it more than once? The same plans sooner, for some memory. Default false.
   */
  restore(cell: string, problem: ProblemDocument, snapshot: Uint8Array, forks?: boolean): Promise<void>;
  /** Gives up the live plan of a cell, if there is one. */
  forget(cell: string): void;
  close(): Promise<void>;
}
