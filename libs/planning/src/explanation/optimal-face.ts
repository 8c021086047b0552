import { type Demand, type PlanDocument, type Problem, type Resource, type Step, itineraryId } from '@portolan/domain';
import { type Column, Resources, type Use, columnKey, stepsOf } from '../columns.js';
import type { LpColumn, LpRow } from '../engines/engine.js';
import { ResourceLoads } from './binding.js';

/** Itineraries that the plan uses or might, by demand and by resource. */
export interface KnownItineraries {
  of(demand: number): Iterable<Column>;
  on(resource: number): Iterable<Column>;
}

/** The goods and limits that are connected, as a program without costs. Columns are what optimal plans may do in either way. */
export interface FacePart {
  readonly rows: readonly LpRow[];
  readonly columns: readonly Omit<LpColumn, 'cost'>[];
  /** Resources that have a row here, and the row. */
  readonly rowOf: ReadonlyMap<number, number>;
}

interface Part {
  readonly demand: number;
  readonly uses: readonly Use[];
  /** At most, or in all optimal plans. */
  readonly quantity: number;
}

/** How a demand may travel in optimal plans. */
interface Options {
  readonly quantity: number;
  readonly fixed: readonly Part[];
  readonly open: readonly Part[];
}

/** What optimal plans use of a resource: in all of them, and at most; and the demands that may use more or less of it. */
interface UseInFace {
  readonly demands: readonly number[];
  readonly fixed: number;
  readonly most: number;
}

/** Costs nearer than this are equal: prices come rounded to 1e-6. */
const tolerance = (amount: number): number => 1e-5 + 1e-9 * Math.abs(amount);
const TRACE = 1e-6;

/**
 * All plans that are optimal at the prices of one: demands take itineraries that cost no more than their marginal cost, and what has a
 * price is full. Looked at only where it matters for the resource asked about: goods that can take one itinerary only connect nothing,
 * nor does a resource that would have room for all that might use it.
 */
export class OptimalFace {
  /** Are the prices optimal for the itineraries looked at? No one costs less than the marginal cost of its demand. */
  isOptimal = true;
  private readonly resources: Resources;
  private readonly loads: ResourceLoads;
  private readonly marginal: ReadonlyMap<string, number>;
  private readonly inForce: ReadonlyMap<string, number>;
  private readonly options = new Map<number, Options>();
  private readonly uses = new Map<number, UseInFace>();

  constructor(
    private readonly problem: Problem,
    plan: PlanDocument,
    private readonly known: KnownItineraries,
  ) {
    this.resources = new Resources(problem);
    this.loads = new ResourceLoads(problem, this.resources, plan);
    this.marginal = new Map(plan.prices.demands.map(({ demand, marginalCost }) => [demand, marginalCost]));
    this.inForce = new Map(
      (problem.document.current ?? []).map(({ demand, supply, itinerary, quantity }) => [
        itineraryId(demand, supply, itinerary),
        quantity,
      ]),
    );
  }

  /** Its number and limit; `undefined` where there is none of that name, or no limit. */
  limitOf(resource: Resource): { readonly number: number; readonly limit: number } | undefined {
    const number = this.loads.numberOf(resource);
    const limit = number === undefined ? Infinity : this.resources.limit(number);
    return number === undefined || limit === Infinity ? undefined : { number, limit };
  }

  /** What all optimal plans use of a resource, beside what the part that it is in leaves open. */
  fixedUse(resource: number): number {
    return this.useOf(resource).fixed;
  }

  /** All that is connected to a resource. */
  partAround(resource: number): FacePart {
    const { open, limits } = this.connected(resource);
    const rows: LpRow[] = [];
    const rowOf = new Map([...limits].map(([at, bounds]) => [at, rows.push(bounds) - 1]));
    const demandRows = new Map<number, number>();
    const columns = open.map(({ demand, uses, quantity }) => {
      const row = demandRows.get(demand) ?? rows.push(exactly(this.optionsOf(demand).quantity)) - 1;
      demandRows.set(demand, row);
      const limited = uses.filter(({ resource: at }) => rowOf.has(at));
      return {
        upper: quantity,
        rows: [row, ...limited.map(({ resource: at }) => rowOf.get(at)!)],
        values: [1, ...limited.map(({ units }) => units)],
      };
    });
    return { rows, columns, rowOf };
  }

  /** What is open of all demands that share limits, from a resource on, and these limits less what is fixed. */
  private connected(first: number): { open: readonly Part[]; limits: ReadonlyMap<number, LpRow> } {
    const open = new Map<number, readonly Part[]>();
    const limits = new Map<number, LpRow>();
    // A set is gone through to its end, however it grows.
    const reached = new Set([first]);
    for (const resource of reached) {
      const { demands, fixed, most } = this.useOf(resource);
      const limit = this.resources.limit(resource);
      const isFull = this.loads.priceOf(resource) > 0;
      if (!isFull && most <= limit + TRACE) continue;
      limits.set(resource, { lower: isFull ? limit - fixed : -Infinity, upper: limit - fixed });
      for (const demand of demands.filter((each) => !open.has(each))) {
        open.set(demand, this.optionsOf(demand).open);
        for (const { uses } of this.optionsOf(demand).open) for (const use of uses) reached.add(use.resource);
      }
    }
    return { open: [...open.values()].flat(), limits };
  }

  private useOf(resource: number): UseInFace {
    const known = this.uses.get(resource) ?? this.lookAt(resource);
    this.uses.set(resource, known);
    return known;
  }

  private lookAt(resource: number): UseInFace {
    const demands = new Set([...this.known.on(resource)].map(({ demand }) => demand));
    let [fixed, most] = [0, 0];
    const choosing = [...demands].filter((demand) => {
      const options = this.optionsOf(demand);
      const units = Math.max(0, ...options.open.map(({ uses }) => unitsOf(uses, resource)));
      fixed += options.fixed.reduce((sum, { uses, quantity }) => sum + quantity * unitsOf(uses, resource), 0);
      most += units * options.quantity;
      return units > 0;
    });
    return { demands: choosing, fixed, most: most + fixed };
  }

  private optionsOf(index: number): Options {
    const known = this.options.get(index) ?? this.choices(this.problem.demands[index]!);
    this.options.set(index, known);
    return known;
  }

  private choices(demand: Demand): Options {
    const marginal = this.marginal.get(demand.id)!;
    const near = tolerance(marginal);
    const [open, fixed]: [Part[], Part[]] = [[], []];
    const part = (uses: readonly Use[], quantity: number): Part => ({ demand: demand.index, uses, quantity });
    if (demand.unservedPenalty - marginal <= tolerance(demand.unservedPenalty)) open.push(part([], Infinity));
    for (const column of new Map([...this.known.of(demand.index)].map((each) => [columnKey(each), each])).values()) {
      const uses = this.resources.usesOf(column);
      const dearer = this.pricedCost(column, uses) - marginal;
      if (dearer < -near) this.isOptimal = false;
      if (dearer <= near) open.push(part(uses, Infinity));
      // What is kept of an itinerary in force is spared the penalty for changes: where it is worth it, all that can be is kept.
      const kept = Math.min(this.keptOf(demand, column), demand.quantity);
      const gain = kept > 0 ? this.problem.changePenalty - dearer : -Infinity;
      if (gain > near) fixed.push(part(uses, kept));
      else if (gain >= -near) open.push(part(uses, kept));
    }
    const quantity = fixed.reduce((left, each) => left - each.quantity, demand.quantity);
    if (open.length > 1) return { quantity, fixed, open };
    if (quantity < -TRACE || (open.length === 0 && quantity > TRACE)) this.isOptimal = false;
    return { quantity: 0, fixed: [...fixed, ...open.map((only) => ({ ...only, quantity }))], open: [] };
  }

  private pricedCost({ cost }: Column, uses: readonly Use[]): number {
    return uses.reduce((sum, { resource, units }) => sum + units * this.loads.priceOf(resource), cost);
  }

  private keptOf({ id }: Demand, { supply, legs }: Column): number {
    const steps: Step[] = stepsOf(this.problem, legs);
    return this.inForce.get(itineraryId(id, this.problem.supplies[supply]?.id, steps)) ?? 0;
  }
}

const exactly = (quantity: number): LpRow => ({ lower: quantity, upper: quantity });

const unitsOf = (uses: readonly Use[], wanted: number): number =>
  uses.find(({ resource }) => resource === wanted)?.units ?? 0;
