import type { Demand, PlanDocument, Problem, Step } from '@portolan/domain';
import { type Column, Resources, type Use, columnKey } from '../columns.js';
import { ResourceLoads } from './binding.js';
import type { Resource } from './explanation.js';

interface FaceRow {
  readonly lower: number;
  readonly upper: number;
}

interface FaceColumn {
  readonly lower: number;
  readonly upper: number;
  /** By row. */
  readonly terms: ReadonlyMap<number, number>;
}

/** Costs nearer than this are equal: prices come rounded to 1e-6. */
const tolerance = (amount: number): number => 1e-5 + 1e-9 * Math.abs(amount);

/**
 * All plans that are optimal at the prices of one: a row per demand and limit, a column per itinerary that costs a demand no more than
 * its marginal cost. What has a price is full on all of them. Known are the itineraries of the plan, and those given beside.
 */
export class OptimalFace {
  readonly rows: FaceRow[] = [];
  readonly columns: FaceColumn[] = [];
  /** Are the prices optimal for these itineraries? No one costs less than the marginal cost of its demand. */
  isOptimal = true;
  private readonly resources: Resources;
  private readonly loads: ResourceLoads;
  /** By number of the resource. */
  private readonly limits = new Map<number, number>();
  private readonly demands = new Map<number, number>();
  private readonly marginal: ReadonlyMap<string, number>;
  /** Quantities, by `keyOf`. */
  private readonly inForce: ReadonlyMap<string, number>;
  private readonly known = new Set<string>();

  constructor(
    private readonly problem: Problem,
    plan: PlanDocument,
    others: Iterable<Column>,
  ) {
    this.resources = new Resources(problem);
    this.loads = new ResourceLoads(problem, this.resources, plan);
    this.marginal = new Map(plan.prices.demands.map(({ demand, marginalCost }) => [demand, marginalCost]));
    this.inForce = new Map(
      (problem.document.current ?? []).map(({ demand, supply, itinerary, quantity }) => [
        this.keyOf(demand, supply, itinerary),
        quantity,
      ]),
    );
    for (const demand of problem.demandById.values()) this.addDemand(demand);
    for (const { demand, supply, legs, unitCost } of plan.flows)
      this.addItinerary(this.columnOf(demand, supply, legs, unitCost));
    for (const column of others) this.addItinerary(column);
  }

  /** `undefined` where no itinerary uses the resource, or it has no limit. */
  rowOf(resource: Resource): number | undefined {
    const number = this.loads.numberOf(resource);
    return number === undefined ? undefined : this.limits.get(number);
  }

  private addDemand({ id, index, quantity, unservedPenalty }: Demand): void {
    const row = this.rows.push({ lower: quantity, upper: quantity }) - 1;
    this.demands.set(index, row);
    const dearer = unservedPenalty - this.marginal.get(id)!;
    if (dearer <= tolerance(unservedPenalty)) this.columns.push({ ...free, terms: new Map([[row, 1]]) });
  }

  private addItinerary(column: Column): void {
    const key = columnKey(column);
    if (this.known.has(key)) return;
    this.known.add(key);
    const uses = this.resources.usesOf(column);
    const priced = uses.reduce((sum, { resource, units }) => sum + units * this.loads.priceOf(resource), column.cost);
    const marginal = this.marginal.get(this.problem.demands[column.demand]!.id)!;
    const [dearer, near] = [priced - marginal, tolerance(marginal)];
    if (dearer < -near) this.isOptimal = false;
    if (dearer <= near) this.columns.push({ ...free, terms: this.termsOf(column.demand, uses) });
    const kept = this.inForce.get(key);
    if (kept === undefined) return;
    // What is kept of an itinerary in force is spared the penalty for changes: where it is worth it, all that can be is kept.
    const gain = this.problem.changePenalty - dearer;
    const bounds = gain > near ? { lower: kept, upper: kept } : { lower: 0, upper: kept };
    if (gain >= -near) this.columns.push({ ...bounds, terms: this.termsOf(column.demand, uses) });
  }

  private termsOf(demand: number, uses: readonly Use[]): Map<number, number> {
    const terms = new Map([[this.demands.get(demand)!, 1]]);
    for (const { resource, units } of uses) {
      const upper = this.resources.limit(resource);
      if (upper === Infinity) continue;
      const lower = this.loads.priceOf(resource) > 0 ? upper : -Infinity;
      const row = this.limits.get(resource) ?? this.rows.push({ lower, upper }) - 1;
      this.limits.set(resource, row);
      terms.set(row, units);
    }
    return terms;
  }

  private columnOf(demand: string, supply: string | undefined, steps: readonly Step[], cost: number): Column {
    return {
      demand: this.problem.demandById.get(demand)?.index ?? -1,
      supply: supply === undefined ? -1 : (this.problem.supplyById.get(supply)?.index ?? -1),
      legs: steps.map((step) => this.loads.indexOf(step) ?? -1),
      cost,
    };
  }

  private keyOf(demand: string, supply: string | undefined, steps: readonly Step[]): string {
    return columnKey(this.columnOf(demand, supply, steps, 0));
  }
}

const free = { lower: 0, upper: Infinity } as const;
