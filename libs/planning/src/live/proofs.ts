import type { Demand, Place } from '@portolan/domain';
import { type Resources, termsOf } from '../columns.js';
import { standing } from '../engines/engine.js';
import type { Pricing } from '../pricing.js';
import { Falls } from '../search/falls.js';
import { type Found, plainCost } from '../search/timed-search.js';
import { Demands } from './demands.js';
import type { Effects, LiveProblem } from './live-problem.js';
import type { Master } from './master.js';
import type { Pool } from './pool.js';

/** Relative to its price: an itinerary that undercuts a demand's price by less is not worth entering, nor looking for. */
const WORTH = 1e-13;
const DOUBT = 1e-11;
/** Searches between two looks at the clock. */
const LOOK_UP_EVERY = 16;
/** The most columns of a demand that are kept from one optimization to the next. */
const MOST_COLUMNS = 16;

/**
 * What is proven of each demand: below which cost it has no itinerary that is not in the pool, at the present prices. What becomes dearer
 * leaves a proof standing; what becomes cheaper breaks it where the demand could profit.
 */
export class Proofs {
  private readonly proven: number[] = [];
  private readonly open = new Set<number>();
  /** Of the open ones: those whose search takes long. They wait until nothing else is left to do. */
  private readonly hard = new Set<number>();
  private readonly demands = new Demands();
  /** Demands with more columns than are kept. */
  private readonly crowded = new Set<number>();

  constructor(
    private readonly problem: LiveProblem,
    private readonly resources: Resources,
    private readonly pool: Pool,
    private readonly master: Master,
    private readonly pricing: Pricing,
  ) {}

  /** Demands of which less is proven than their price. */
  get missing(): number {
    return this.open.size;
  }

  /** A demand is new, or has other terms. */
  enter(demand: number): void {
    this.demands.put(this.problem.demands[demand]!);
    this.question(demand);
  }

  /** Nothing is proven of a demand any more. */
  question(demand: number): void {
    this.proven[demand] = -Infinity;
    this.hard.delete(demand);
    if (this.problem.demands[demand]!.quantity > 0) this.open.add(demand);
    else this.open.delete(demand);
  }

  /** The demand is gone. */
  forget(demand: number): void {
    this.open.delete(demand);
    this.hard.delete(demand);
    this.demands.remove(demand);
    this.crowded.delete(demand);
    this.proven[demand] = -Infinity;
  }

  /**
   * The problem has changed.
   * @param legs those by which something may have become cheaper
   */
  doubt({ supplies, places, reopened }: Effects, legs: readonly number[]): void {
    const isNear = (place: Place | undefined) => place !== undefined && (places.has(place) || reopened.has(place));
    for (const { index, from, to, onBoard, product } of this.problem.demandById.values()) {
      const near = isNear(onBoard?.to) || [from, to].some((place) => place !== undefined && places.has(place));
      if (near || (product !== undefined && places.size > 0)) this.question(index);
    }
    this.questionProducts(supplies);
    const falls = new Falls();
    for (const leg of legs) falls.anew(leg);
    if (places.size + reopened.size > 0)
      for (const term of termsOf(this.problem))
        if (term && (isNear(term.from) || isNear(term.to))) falls.anew(term.index);
    this.loosen(falls);
  }

  /**
   * The master program has found other prices.
   * @param changed what they were before, by resource
   * @param touched demands whose price may be another one
   */
  repriced(changed: ReadonlyMap<number, number>, touched: Iterable<number>): void {
    const falls = new Falls();
    const supplies: number[] = [];
    for (const [resource, before] of changed) {
      const fall = before - this.master.prices[resource]!;
      if (!this.resources.isSupply(resource))
        falls.fell(this.resources.thing(resource), fall, this.resources.isPlugs(resource));
      else if (fall > 0) supplies.push(this.resources.thing(resource));
    }
    this.loosen(falls);
    this.questionProducts(supplies);
    for (const index of touched) this.check(index);
  }

  /**
   * One pricing round: the cheapest itinerary of every demand whose proof is missing; where it is hard to find, in a round of its own.
   * @param isOver asked now and then: where it says yes, the others have to wait
   * @returns how many searches it took
   */
  priceOut(isOver: () => boolean): number {
    const easy = [...this.open].filter((index) => !this.hard.has(index));
    const turn = easy.length > 0 ? easy : [...this.open];
    this.pricing.prepare(turn.map((index) => this.problem.demands[index]!));
    let searches = 0;
    for (const index of turn.sort((a, b) => a - b)) {
      if (searches % LOOK_UP_EVERY === LOOK_UP_EVERY - 1 && isOver()) break;
      searches++;
      const demand = this.problem.demands[index]!;
      const bar = this.bar(index);
      const isHard = this.hard.has(index) || this.pool.countOf(index) === 0;
      const found = isHard ? this.pricing.cheapest(demand, bar) : this.pricing.quickly(demand, bar);
      if (found === 'hard') {
        this.hard.add(index);
        continue;
      }
      this.open.delete(index);
      this.take(index, found, bar);
    }
    return searches;
  }

  /** A cheaper itinerary enters; where there is none, that is what is proven. */
  private take(index: number, found: Found | undefined, bar: number): void {
    const demand = this.problem.demands[index]!;
    const column = found && plainCost(found, demand, this.resources, this.master.prices);
    if (!column || !this.pool.add(column)) {
      this.proven[index] = Math.min(bar, found?.total ?? Infinity);
      return;
    }
    this.proven[index] = found.total;
    this.master.activate(index);
    if (this.pool.countOf(index) > MOST_COLUMNS) this.crowded.add(index);
  }

  /** Drops the dearest of too many columns: a plan that lives long would gather every itinerary that was ever worth a look. */
  prune(): void {
    for (const demand of this.crowded) {
      const columns = [...this.pool.of(demand)];
      const idle = columns
        .filter((column) => column.quantity === 0 && column.stands !== standing.basic && !this.pool.keptOf(column))
        .map((column) => ({ column, cost: this.master.pricedCost(column) }))
        .sort((a, b) => b.cost - a.cost);
      for (const { column, cost } of idle.slice(0, Math.max(0, columns.length - MOST_COLUMNS))) {
        this.pool.drop(column);
        this.master.drop(column);
        this.proven[demand] = Math.min(this.proven[demand]!, cost);
      }
    }
    this.crowded.clear();
  }

  /**
   * The Lagrangian bound: whatever the prices of resources, a plan costs at least what every demand costs by its cheapest itinerary (or
   * unserved) at these prices, less what the prices would earn on all there is.
   * @param penalties what changing everything that is in force would cost
   */
  bound(penalties: number): { dualBound: number; dualInfeasibility: number } {
    let dualBound = penalties;
    let dualInfeasibility = 0;
    for (const demand of this.problem.demandById.values()) {
      const { index, quantity } = demand;
      if (quantity === 0) continue;
      const { price } = this.master.marginal(index);
      const least = Math.min(this.least(demand), price);
      if (least < price)
        dualInfeasibility = Math.max(dualInfeasibility, (price - least) / Math.max(1, Math.abs(price)));
      dualBound += quantity * least;
      for (const column of this.pool.of(index))
        if (column.reward > 0) dualBound += column.upper * Math.min(0, this.master.pricedCost(column) - least);
    }
    this.master.prices.forEach((price, resource) => {
      if (price > 0) dualBound -= price * this.resources.limit(resource);
    });
    return { dualBound, dualInfeasibility };
  }

  private least(demand: Demand): number {
    const proven = this.proven[demand.index]!;
    return proven > -Infinity && !this.open.has(demand.index) ? proven : this.pricing.least(demand);
  }

  /** Does what is proven of a demand still reach up to its price? */
  private check(index: number): void {
    if (this.problem.demands[index]!.quantity === 0) return;
    if (this.proven[index]! < this.bar(index, DOUBT)) this.open.add(index);
    else if (this.open.delete(index)) this.hard.delete(index);
  }

  /** An itinerary below this is worth entering. */
  private bar(index: number, share = WORTH): number {
    const { price } = this.master.marginal(index);
    return price - share * Math.max(1, Math.abs(price));
  }

  /** Legs are cheaper: less is proven of those who may profit, and no more than their price of anybody. */
  private loosen(falls: Falls): void {
    if (falls.legs.length === 0) return;
    const price = (demand: number) => this.master.marginal(demand).price;
    for (const [index, fall] of this.pricing.profits(this.demands, falls, price)) {
      this.proven[index]! -= fall;
      this.check(index);
    }
    for (const { index, quantity } of this.problem.demandById.values())
      if (quantity > 0 && this.proven[index]! > price(index)) this.proven[index] = price(index);
  }

  private questionProducts(supplies: Iterable<number>): void {
    const products = new Set([...supplies].map((supply) => this.problem.supplies[supply]?.product));
    if (products.size === 0) return;
    for (const { index, product } of this.problem.demandById.values())
      if (product !== undefined && products.has(product)) this.question(index);
  }
}
