import type { Demand, Place, Problem, Voyage } from '@portolan/domain';
import type { Resources } from '../columns.js';
import { MinHeap } from './heap.js';
import type { Found } from './timed-search.js';

/**
 * Cheapest itineraries of static problems: Dijkstra over voyages. At a location only the cheapest arrival is worth a transfer, so
 * transfers cost one look at each voyage that leaves there. One search serves all demands of an origin at the same prices.
 */
export class StaticSearch {
  private readonly leaving = new Map<Place, Voyage[]>();
  private readonly following: Int32Array;
  private trees = new Map<Place, Tree>();
  private pricesOfTrees: Float64Array | undefined;

  constructor(
    private readonly problem: Problem,
    private readonly resources: Resources,
  ) {
    const { voyages } = problem;
    this.following = Int32Array.from(voyages, ({ service, call }) => followingCall(voyages, service, call));
    for (const voyage of voyages) this.leaving.set(voyage.from, [...(this.leaving.get(voyage.from) ?? []), voyage]);
  }

  cheapest(demand: Demand, prices: Float64Array, bound = Infinity): Found | undefined {
    if (this.pricesOfTrees !== prices) [this.trees, this.pricesOfTrees] = [new Map(), prices];
    const origin = demand.from!;
    const tree = this.trees.get(origin) ?? this.grow(origin, demand, prices);
    this.trees.set(origin, tree);
    const arrival = tree.arrival.get(demand.to);
    if (arrival === undefined) return undefined;
    const total = tree.cost[arrival]! + demand.to.unload - demand.revenue;
    return total < bound ? { supply: -1, legs: tree.path(arrival), total } : undefined;
  }

  private grow(origin: Place, demand: Demand, prices: Float64Array): Tree {
    const { voyages } = this.problem;
    const tree = new Tree(voyages.length);
    const heap = new MinHeap();
    const reach = (voyage: number, cost: number, before: number) => {
      const total = cost + this.resources.legPrice(voyage, demand, prices);
      if (!(total < tree.cost[voyage]!)) return;
      tree.cost[voyage] = total;
      tree.before[voyage] = before;
      heap.push(total, voyage);
    };
    for (const { index } of this.leaving.get(origin) ?? []) reach(index, origin.load, -1);
    const settled = new Uint8Array(voyages.length);
    while (heap.size > 0) {
      const at = heap.pop();
      if (settled[at]) continue;
      settled[at] = 1;
      const { to } = voyages[at]!;
      const cost = tree.cost[at]!;
      reach(this.following[at]!, cost, at);
      if (tree.arrival.has(to)) continue;
      tree.arrival.set(to, at);
      for (const { index } of this.leaving.get(to) ?? [])
        if (index !== this.following[at]) reach(index, cost + to.transfer, at);
    }
    return tree;
  }
}

class Tree {
  readonly cost: Float64Array;
  readonly before: Int32Array;
  /** The cheapest arrival at each location. */
  readonly arrival = new Map<Place, number>();

  constructor(voyages: number) {
    this.cost = new Float64Array(voyages).fill(Infinity);
    this.before = new Int32Array(voyages).fill(-1);
  }

  path(arrival: number): number[] {
    const legs: number[] = [];
    for (let at = arrival; at >= 0; at = this.before[at]!) legs.push(at);
    return legs.reverse();
  }
}

function followingCall(voyages: readonly Voyage[], service: string, call: number): number {
  const next = voyages.findIndex((voyage) => voyage.service === service && voyage.call === call + 1);
  return next >= 0 ? next : voyages.findIndex((voyage) => voyage.service === service && voyage.call === 0);
}

/** Handling of an itinerary of voyages, per unit: load, unload, and a transfer at each change of service or call. */
export function staticHandling(problem: Problem, demand: Demand, legs: readonly number[]): number {
  const voyages = legs.map((leg) => problem.voyages[leg]!);
  const transfers = voyages.slice(1).map((voyage, index) => {
    const before = voyages[index]!;
    return followingCall(problem.voyages, before.service, before.call) === voyage.index ? 0 : voyage.from.transfer;
  });
  return demand.from!.load + demand.to.unload + transfers.reduce((sum, cost) => sum + cost, 0);
}
