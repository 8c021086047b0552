import type { Alternative, PlanDocument, ProblemDocument, Step } from '@portolan/domain';

/** What recommendations need to know beyond the plan, for the demands the plan would move. */
export interface Insight {
  /** The next best itineraries at the plan's prices, by demand. */
  readonly alternatives: Readonly<Record<string, readonly Alternative[]>>;
  /** The cheapest itinerary that begins with these steps, by `itineraryId`; absent where there is none. */
  readonly continuations: Readonly<Record<string, readonly Step[]>>;
}

export interface Planned {
  readonly plan: PlanDocument;
  readonly insight: Insight;
  /** Why the plan was computed from scratch, where a live one should have been changed. */
  readonly rebuilt?: string;
}

/** Keeps the best plan of each cell, here or in another thread. One problem at a time; the next waits. */
export interface Planner {
  /** The optimal plan of the cell's problem as it is now; what has changed since the last one is found by the planner. */
  plan(cell: string, problem: ProblemDocument): Promise<Planned>;
  close(): Promise<void>;
}
