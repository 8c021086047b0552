import type { Demand, Place, Problem, Voyage } from '@portolan/domain';
import type { Resources } from '../columns.js';
import type { Pricing } from '../pricing.js';
import { MinHeap } from './heap.js';
import type { Found } from './timed-search.js';
import { waysRound } from './ways-round.js';

/**
 * Cheapest itineraries of static problems: Dijkstra over voyages. At a location only the cheapest arrival is worth a transfer, so
 * transfers cost one look at each voyage that leaves there. One search serves all demands of an origin at the same prices.
 */
export class StaticSearch implements Pricing {
  private leaving = new Map<Place, Voyage[]>();
  private following: Int32Array = new Int32Array();
  private trees = new Map<Place, Tree>();

  constructor(
    private readonly problem: Problem,
    private readonly resources: Resources,
    private prices: ArrayLike<number>,
  ) {
    this.link();
  }

  cheapest(demand: Demand, bound?: number): Found | undefined {
    return this.along(this.treeOf(demand), demand, bound);
  }

  several(demand: Demand, count: number, bound: number): Found[] {
    return waysRound((barred, most) => this.along(this.grow(demand, barred), demand, most), count, bound);
  }

  private along(tree: Tree, demand: Demand, bound = Infinity): Found | undefined {
    const arrival = tree.arrival.get(demand.to);
    if (arrival === undefined) return undefined;
    const total = tree.cost[arrival]! + demand.to.unload - demand.revenue;
    return total < bound ? { supply: -1, legs: tree.path(arrival), total } : undefined;
  }

  least(demand: Demand): number {
    return this.cheapest(demand)?.total ?? Infinity;
  }

  priced(prices: ArrayLike<number>): void {
    this.prices = prices;
    this.refresh();
  }

  /** Where a call is gone, what was a transfer may have become a stay on board. */
  legsChanged(voyages: readonly number[]): void {
    if (voyages.length > 0) this.link();
  }

  refresh(): void {
    this.trees = new Map();
  }

  private link(): void {
    this.following = followingCalls(this.problem);
    this.leaving = new Map();
    for (const voyage of this.problem.voyages)
      if (voyage) this.leaving.set(voyage.from, [...(this.leaving.get(voyage.from) ?? []), voyage]);
    this.refresh();
  }

  private treeOf(demand: Demand): Tree {
    const tree = this.trees.get(demand.from!) ?? this.grow(demand);
    this.trees.set(demand.from!, tree);
    return tree;
  }

  private grow(demand: Demand, barred?: ReadonlySet<number>): Tree {
    const origin = demand.from!;
    const { voyages } = this.problem;
    const tree = new Tree(voyages.length);
    const heap = new MinHeap();
    const reach = (voyage: number, cost: number, before: number) => {
      if (barred?.has(voyage)) return;
      const total = cost + this.resources.legPrice(voyage, demand, this.prices);
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

/** By voyage: the one that goods may stay on board for. */
export function followingCalls({ voyages }: Problem): Int32Array {
  const byCall = new Map<string, Voyage[]>();
  for (const voyage of voyages) {
    if (!voyage) continue;
    const calls = byCall.get(voyage.service) ?? [];
    calls[voyage.call] = voyage;
    byCall.set(voyage.service, calls);
  }
  const following = new Int32Array(voyages.length).fill(-1);
  for (const calls of byCall.values())
    for (const { call, index } of calls) following[index] = calls[(call + 1) % calls.length]!.index;
  return following;
}

/** Handling of an itinerary of voyages, per unit: load, unload, and a transfer at each change of service or call. */
export function staticHandling(
  problem: Problem,
  following: Int32Array,
  demand: Demand,
  legs: readonly number[],
): number {
  let handling = demand.from!.load + demand.to.unload;
  for (let at = 1; at < legs.length; at++)
    if (following[legs[at - 1]!] !== legs[at]) handling += problem.voyages[legs[at]!]!.from.transfer;
  return handling;
}
