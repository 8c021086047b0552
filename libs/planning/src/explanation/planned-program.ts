import { type PlanDocument, type PlannedFlow, type Problem, itineraryId, stepOf } from '@portolan/domain';
import { Resources, type Use } from '../columns.js';
import { ResourceLoads } from './binding.js';
import type { Resource } from './explanation.js';
import { ItineraryRating } from './rated-itinerary.js';

interface Row {
  readonly lower: number;
  readonly upper: number;
  /** The shadow price that the plan gives; `undefined` for demands. */
  readonly price?: number;
}

interface Column {
  readonly cost: number;
  readonly upper: number;
  readonly terms: ReadonlyMap<number, number>;
}

/** The linear program of a problem over the itineraries that a plan uses: one row per demand and limit, one column per itinerary. */
export class PlannedProgram {
  readonly rows: Row[] = [];
  readonly columns: Column[] = [];
  private readonly resources: Resources;
  private readonly loads: ResourceLoads;
  private readonly rating: ItineraryRating;
  /** By number of the resource. */
  private readonly limits = new Map<number, number>();
  private readonly demands = new Map<string, number>();
  private readonly inForce: ReadonlyMap<string, number>;

  constructor(
    private readonly problem: Problem,
    plan: PlanDocument,
  ) {
    this.resources = new Resources(problem);
    this.loads = new ResourceLoads(problem, this.resources, plan);
    this.rating = new ItineraryRating(problem, this.resources, this.loads);
    this.inForce = new Map(
      (problem.document.current ?? []).map(({ demand, supply, itinerary, quantity }) => [
        itineraryId(demand, supply, itinerary),
        quantity,
      ]),
    );
    for (const { id, quantity, unservedPenalty } of problem.demandById.values()) {
      const row = this.rows.push({ lower: quantity, upper: quantity }) - 1;
      this.demands.set(id, row);
      this.columns.push({ cost: unservedPenalty, upper: Infinity, terms: new Map([[row, 1]]) });
    }
    for (const flow of plan.flows) this.addFlow(flow);
  }

  /** `undefined` where no itinerary of the plan uses the resource, or it has no limit. */
  rowOf(resource: Resource): number | undefined {
    const number = this.loads.numberOf(resource);
    return number === undefined ? undefined : this.limits.get(number);
  }

  /** By row: one row of those that its columns link it with, however far; the same for all of these. */
  parts(): readonly number[] {
    const towards = this.rows.map((_, row) => row);
    const rootOf = (row: number): number => {
      let root = row;
      while (towards[root] !== root) root = towards[root] = towards[towards[root]!]!;
      return root;
    };
    for (const { terms } of this.columns) {
      const [first, ...others] = terms.keys();
      for (const row of others) towards[rootOf(row)] = rootOf(first!);
    }
    return towards.map(rootOf);
  }

  private addFlow({ demand: id, supply, legs }: PlannedFlow): void {
    const { facts, uses } = this.rating.of(this.problem.demandById.get(id)!, supply, legs.map(stepOf));
    const terms = new Map([[this.demands.get(id)!, 1], ...this.termsOf(uses)]);
    this.columns.push({ cost: facts.unitCost, upper: Infinity, terms });
    const kept = this.inForce.get(itineraryId(id, supply, legs.map(stepOf)));
    // What is kept of an itinerary in force is spared the penalty for changes.
    if (kept !== undefined)
      this.columns.push({ cost: facts.unitCost - this.problem.changePenalty, upper: kept, terms });
  }

  private termsOf(uses: readonly Use[]): [number, number][] {
    return uses.flatMap(({ resource, units }): [number, number][] => {
      const upper = this.resources.limit(resource);
      if (upper === Infinity) return [];
      const price = this.loads.of(resource)?.shadowPrice ?? 0;
      const row = this.limits.get(resource) ?? this.rows.push({ lower: -Infinity, upper, price }) - 1;
      this.limits.set(resource, row);
      return [[row, units]];
    });
  }
}
