import type { Explanation, Fault, PlanDocument, Problem } from '@portolan/domain';
import type { Engine } from '../engines/engine.js';
import { PlanExplanations, arePricesOptimal } from '../explanation/explain.js';
import type { KnownItineraries } from '../explanation/optimal-face.js';
import { rangesOf } from '../explanation/ranging.js';
import type { Pricing } from '../pricing.js';
import type { Pool } from './pool.js';

export type Explained = { readonly explanation: Explanation } | { readonly faults: readonly Fault[] };

/** So many ids are told where one is wrong. */
const SOME = 10;

/** Explanations of the plan of a problem that changes: what they share is kept until it does. */
export class LiveExplanations {
  private explanations: PlanExplanations | undefined;

  /** @param plan the plan as it is */
  constructor(
    private readonly problem: Problem,
    private readonly pool: Pool,
    private readonly pricing: Pricing,
    private readonly engine: Engine,
    private readonly plan: () => PlanDocument,
  ) {}

  of(demandId: string): Explained {
    if (!this.problem.demandById.has(demandId)) return { faults: [this.unknown(demandId)] };
    this.explanations ??= this.explanationsOf(this.plan());
    return { explanation: this.explanations.of(demandId) };
  }

  /** Problem or plan is another one. */
  drop(): void {
    this.explanations = undefined;
  }

  private explanationsOf(plan: PlanDocument): PlanExplanations {
    const { problem, pricing, engine } = this;
    if (!arePricesOptimal(plan)) return new PlanExplanations(problem, plan, { pricing });
    return new PlanExplanations(problem, plan, { pricing, ranges: rangesOf(problem, plan, plain(this.pool), engine) });
  }

  private unknown(demandId: string): Fault {
    const ids = [...this.problem.demandById.keys()];
    const others = ids.length > SOME ? `, and ${ids.length - SOME} more` : '';
    const known = ids.length === 0 ? 'there are none' : `there are ${ids.slice(0, SOME).join(', ')}${others}`;
    return { pointer: '', value: demandId, message: `is not the id of a demand; ${known}` };
  }
}

/** Without the columns of what is kept, whose itineraries are in the pool by themselves. */
const plain = (pool: Pool): KnownItineraries => ({
  of: (demand) => pool.itinerariesOf(demand),
  on: (resource) => [...pool.on(resource)].filter(({ reward }) => reward === 0),
});
