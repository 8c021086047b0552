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
}

/** Solves problems, here or in another thread. One at a time; the next waits. */
export interface Planner {
  plan(problem: ProblemDocument): Promise<Planned>;
  close(): Promise<void>;
}
