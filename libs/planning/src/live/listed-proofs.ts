import { type Demand, type Leg, type Millis, type Place, isClosed } from '@portolan/domain';
import { Catalogue, sameTerms } from '../catalogue/catalogue.js';
import { meetsClosure } from '../catalogue/closures.js';
import { LegChanges } from '../catalogue/leg-changes.js';
import { Lister, type Offer } from '../catalogue/lister.js';
import type { Tuning } from '../catalogue/tuning.js';
import { Users } from '../catalogue/users.js';
import type { Resources } from '../columns.js';
import type { TimedPricing } from '../pricing.js';
import { plainCost } from '../search/timed-search.js';
import type { Seeking } from './first-prices.js';
import { type Effects, type LiveProblem, changedLegs } from './live-problem.js';
import type { Master } from './master.js';
import type { Packer, Unpacker } from '../packing.js';
import type { Pool } from './pool.js';
import { LOOK_UP_EVERY, Proofs } from './proofs.js';
import type { Renumbered } from './renumbered.js';

/** The most itineraries of a demand that enter the pool at once. */
const SOME = 3;
/** Rounds in which first prices are sought. */
const ROUNDS = 60;
/** The first step of a price, as a share of what goods pay on average where nothing is full. */
const FIRST_STEP = 0.3;

/**
 * Proofs for timed problems, from catalogues: each demand has a list of all its itineraries up to some cost without prices, so whatever
 * prices do, the cheapest is found by looking through the list, and only who has it or needs a longer one has to. Route enumeration, known
 * from vehicle routing (Baldacci, Christofides and Mingozzi, Mathematical Programming 115, 2008), kept through changes.
 */
export class ListedProofs extends Proofs {
  private readonly lister: Lister;
  private readonly users = new Users();
  private readonly changes: LegChanges;
  private readonly catalogues: (Catalogue | undefined)[] = [];
  /** Demands whose catalogue is missing or too short. */
  private readonly open = new Set<number>();
  /** Demands whose catalogue has an itinerary that belongs into the pool. */
  private readonly wanting = new Set<number>();
  /** Demands whose catalogue depends on floors. */
  private readonly floored = new Set<number>();
  /** Demands for which it has been tried to do without. */
  private readonly tried = new Set<number>();
  /** Demands that no catalogue could be made of: below which cost they have nothing outside the pool, at these very prices. */
  private readonly searched = new Map<number, number>();

  /** Demands that may be ready later than when their catalogue was made. */
  private readonly postponed = new Set<number>();

  /** Have catalogues been looked through at other prices than those of the master program? */
  private hasSought = false;

  constructor(
    problem: LiveProblem,
    resources: Resources,
    pool: Pool,
    master: Master,
    private readonly pricing: TimedPricing,
    tuning: Tuning,
  ) {
    super(problem, resources, pool, master);
    this.lister = new Lister(problem, resources, pricing.costs, tuning);
    this.changes = new LegChanges(problem);
  }

  get missing(): number {
    return this.open.size + this.wanting.size;
  }

  enter(index: number): void {
    const demand = this.problem.demands[index]!;
    const known = this.catalogues[index];
    if (!known || known.goods === demand || !sameTerms(known.goods, demand)) {
      this.tried.delete(index);
      this.lister.forget(index);
      return this.question(index);
    }
    if (known.goods.available !== demand.available) {
      this.postponed.add(index);
      return;
    }
    known.goods = demand;
    this.look(index);
  }

  forget(index: number): void {
    this.drop(index);
    this.open.delete(index);
    this.forgetColumns(index);
    this.tried.delete(index);
    this.lister.forget(index);
  }

  networkChanged(effects: Effects): void {
    const { legsGone, suppliesGone, places, everything } = effects;
    const changed = changedLegs(effects);
    if (everything) for (const index of this.catalogues.keys()) if (this.catalogues[index]) this.question(index);
    this.changes.look(changed);
    this.lister.networkChanged({ changed, gone: legsGone, refresh: places.size > 0 || everything });
    for (const supply of suppliesGone) this.lister.floors.forgetSupply(supply);
  }

  doubt(effects: Effects): void {
    for (const index of this.searched.keys()) this.question(index);
    this.doubtEnds(effects);
    this.doubtSupplies(effects);
    this.strike(effects);
    this.surcharge();
    this.doubtPlaces(effects);
    this.delay(effects);
    const { fresh, until } = this.freshLegs(effects);
    this.extend(fresh, this.catalogues.keys(), until);
  }

  repriced(changed: ReadonlyMap<number, number>, touched: Iterable<number>): void {
    const { master, resources } = this;
    const lowered = this.lister.floors.lower(master.prices, this.hasSought ? master.prices.keys() : changed.keys());
    if (lowered.length > 0) this.floorsFell(lowered);
    const concerned = new Set(this.hasSought ? this.catalogues.keys() : touched);
    this.hasSought = false;
    for (const [resource, before] of changed) {
      if (master.prices[resource]! >= before) continue;
      const thing = resources.thing(resource);
      const users = resources.isSupply(resource) ? this.users.ofSupply(thing) : this.users.ofLeg(thing);
      for (const index of users) concerned.add(index);
    }
    for (const index of concerned) this.look(index);
    for (const index of this.searched.keys()) if (changed.size > 0 || concerned.has(index)) this.question(index);
  }

  priceOut(isOver: () => boolean): number {
    let searches = 0;
    if (this.open.size > 0) this.lister.floors.raise(this.master.prices);
    for (const index of [...this.open].sort((a, b) => a - b)) {
      if (searches % LOOK_UP_EVERY === LOOK_UP_EVERY - 1 && isOver()) break;
      searches++;
      this.list(index);
    }
    for (const index of [...this.wanting].sort((a, b) => a - b)) {
      // Some of its prices may have risen since.
      this.look(index);
      if (!this.wanting.delete(index)) continue;
      const { price, prices } = this.offerOf(index);
      for (const column of this.catalogues[index]!.below(price, prices, SOME))
        if (this.pool.add(column)) this.entered(index);
    }
    return searches;
  }

  override prune(): void {
    super.prune();
    for (const index of this.floored) {
      if (this.tried.has(index)) continue;
      this.tried.add(index);
      const made = this.lister.listFree(this.problem.demands[index]!, this.offerOf(index));
      if (made) this.take(index, made);
    }
  }

  override save(to: Packer): void {
    this.lister.save(to);
    const known = this.catalogues.filter((each) => each !== undefined);
    to.int(known.length);
    for (const catalogue of known) {
      const { index } = catalogue.goods;
      to.int(index);
      to.int(this.tried.has(index) ? 1 : 0);
      catalogue.save(to);
    }
  }

  override resume(from: Unpacker, now: Renumbered): void {
    super.resume(from, now);
    this.lister.resume(from, now);
    for (let left = from.int(); left > 0; left--) {
      const index = now.demand(from.int());
      if (from.int() === 1) this.tried.add(index);
      const demand = this.problem.demands[index]!;
      const known = Catalogue.resume(from, demand, now);
      known.starts = this.lister.startsOf(demand);
      this.take(index, known);
    }
  }

  /** Lists are as long as the prices of the moment need, if that does not take too long. */
  seeking(): Seeking {
    this.hasSought = true;
    const hopeless = new Set<number>();
    const cheapest = (demand: Demand, prices: Float64Array) => {
      const { index, unservedPenalty } = demand;
      let known = this.catalogues[index];
      known?.look(prices);
      if (!known || (!hopeless.has(index) && isShort(known, unservedPenalty))) {
        known = this.lister.sketch(demand, { price: unservedPenalty, prices });
        this.take(index, known);
        known.look(prices);
        if (isShort(known, unservedPenalty)) hopeless.add(index);
      }
      return known.least < unservedPenalty ? known.cheapest() : undefined;
    };
    return { rounds: ROUNDS, firstStep: (paid) => FIRST_STEP * paid, newRound: () => {}, cheapest };
  }

  protected least(demand: Demand): number {
    const { index } = demand;
    const known = this.catalogues[index];
    const proven = known ? Math.min(known.reach, known.least) : (this.searched.get(index) ?? -Infinity);
    // Lists that were only sketched may have no reach; bounds of the search tell something of any demand.
    return proven >= this.needed(index) ? proven : Math.max(proven, this.pricing.least(demand));
  }

  protected dropped(): void {}

  private offerOf(index: number): Offer {
    return { price: this.master.marginal(index).price, prices: this.master.prices };
  }

  private list(index: number): void {
    const demand = this.problem.demands[index]!;
    let offer = this.offerOf(index);
    // With no itinerary yet its price is the penalty: up to there the list would be long.
    if (this.pool.countOf(index) === 0) offer = { ...offer, price: this.enterCheapest(index, offer.price) };
    const made = this.lister.list(demand, offer);
    if (made) this.take(index, made);
    else this.search(index);
  }

  private take(index: number, made: Catalogue): void {
    this.drop(index);
    this.catalogues[index] = made;
    this.users.enter(index, made);
    if (made.level === 'floored') this.floored.add(index);
    this.look(index);
  }

  /** Where there are too many itineraries: the cheapest at these prices, and no more is known. */
  private search(index: number): void {
    const least = this.enterCheapest(index, this.master.marginal(index).price);
    this.drop(index);
    this.open.delete(index);
    this.searched.set(index, least);
  }

  /** The cheapest itinerary below a bound enters the pool; gives what it costs at these prices, or the bound. */
  private enterCheapest(index: number, bound: number): number {
    const demand = this.problem.demands[index]!;
    const found = this.pricing.cheapest(demand, bound);
    if (found && this.pool.add(plainCost(found, demand, this.resources, this.master.prices))) this.entered(index);
    return found?.total ?? bound;
  }

  /** Nothing is known of a demand any more. */
  private question(index: number): void {
    this.drop(index);
    if (this.problem.demands[index]!.quantity > 0) this.open.add(index);
    else this.open.delete(index);
  }

  private drop(index: number): void {
    this.wanting.delete(index);
    this.searched.delete(index);
    if (!this.catalogues[index]) return;
    this.catalogues[index] = undefined;
    this.users.leave(index);
    this.floored.delete(index);
  }

  /** What the catalogue has to offer at the present prices, and whether it is long enough. */
  private look(index: number): void {
    const known = this.catalogues[index];
    if (!known) return;
    known.look(this.master.prices);
    const needed = known.goods.quantity > 0 ? this.needed(index) : -Infinity;
    const isWanting = known.least < needed && !this.pool.has(known.cheapest()!);
    if (isWanting) this.wanting.add(index);
    else this.wanting.delete(index);
    if (isShort(known, needed)) this.open.add(index);
    else this.open.delete(index);
  }

  /** Floors are lower: what is complete at floors may lack itineraries over what they are of. */
  private floorsFell(lowered: readonly number[]): void {
    const { resources, problem } = this;
    const legs = new Set(lowered.filter((resource) => !resources.isSupply(resource)).map((r) => resources.thing(r)));
    if (lowered.some((resource) => resources.isSupply(resource)))
      for (const index of [...this.floored]) if (problem.demands[index]!.product !== undefined) this.question(index);
    this.extend(
      [...legs].flatMap((leg) => problem.legs[leg] ?? []),
      this.floored,
    );
  }

  /** Catalogues may lack itineraries over these legs. */
  private extend(legs: readonly Leg[], among: Iterable<number>, until?: ReadonlyMap<number, Millis>): void {
    if (legs.length === 0) return;
    for (const index of among) {
      const known = this.catalogues[index];
      if (!known) continue;
      if (!this.lister.extend(known, legs, this.master.marginal(index).price, until)) continue;
      this.users.enter(index, known);
      this.look(index);
    }
  }

  /** Goods whose start or destination is another one now. */
  private doubtEnds({ places, closures, legs }: Effects): void {
    if (places.size + closures.size + legs.size === 0) return;
    const isOther = (place: Place | undefined) => place !== undefined && places.has(place);
    for (const { index, from, to, onBoard, product } of this.problem.demandById.values()) {
      const lands = onBoard && (legs.has(onBoard.index) || closures.has(onBoard.to) || places.has(onBoard.to));
      if (lands || isOther(from) || isOther(to) || (product !== undefined && places.size > 0)) this.question(index);
    }
  }

  private doubtSupplies({ supplies }: Effects): void {
    for (const index of this.servedFrom(supplies)) this.question(index);
  }

  /** Demands that these supplies can serve. */
  private servedFrom(supplies: ReadonlySet<number>): number[] {
    const products = new Set([...supplies].map((supply) => this.problem.supplies[supply]?.product));
    if (products.size === 0) return [];
    return [...this.problem.demandById.values()].flatMap(({ index, product }) =>
      product !== undefined && products.has(product) ? [index] : [],
    );
  }

  /** Goods that are ready later than before, and goods from lots that are. */
  private delay({ postponed, closures }: Effects): void {
    for (const index of this.servedFrom(postponed)) this.postponed.add(index);
    for (const index of this.postponed) {
      const known = this.catalogues[index];
      if (!known) continue;
      // Where places have other hours, too, it is not known what the goods met closed before.
      const isKept = closures.size === 0 && this.lister.delay(known, this.problem.demands[index]!);
      if (isKept) this.look(index);
      else this.question(index);
    }
    this.postponed.clear();
  }

  /** Itineraries over legs that are gone or other ones, or with supplies that are gone. */
  private strike({ legs, legsGone, suppliesGone }: Effects): void {
    const gone = new Set([...legs, ...legsGone].filter((leg) => !this.changes.dearer.has(leg)));
    const concerned = this.users.ofLegs(gone);
    for (const supply of suppliesGone) for (const index of this.users.ofSupply(supply)) concerned.add(index);
    for (const index of concerned) {
      this.catalogues[index]!.strike((legs, supply) => suppliesGone.has(supply) || legs.some((leg) => gone.has(leg)));
      this.look(index);
    }
  }

  /** Legs that are the same, but for what they cost. */
  private surcharge(): void {
    const { dearer } = this.changes;
    for (const index of this.users.ofLegs(dearer.keys())) {
      this.catalogues[index]!.surcharge((leg) => dearer.get(leg) ?? 0);
      this.look(index);
    }
  }

  /** Itineraries over places that are other ones, or closed when they pass. */
  private doubtPlaces({ places, closures }: Effects): void {
    if (places.size + closures.size === 0) return;
    const near = new Set<number>();
    const gone = new Set<number>();
    for (const leg of this.problem.legs) {
      if (!leg) continue;
      const users = this.users.ofLeg(leg.index);
      if (places.has(leg.from) || places.has(leg.to)) for (const index of users) gone.add(index);
      else if (closures.has(leg.from) || closures.has(leg.to)) for (const index of users) near.add(index);
    }
    for (const index of near) if (!gone.has(index) && this.isShut(index, closures)) gone.add(index);
    for (const index of gone) this.question(index);
  }

  /** Is an itinerary of the catalogue in the way of what is closed? */
  private isShut(index: number, closures: ReadonlySet<Place>): boolean {
    const { legs } = this.problem;
    const starts = new Map(this.lister.startsOf(this.problem.demands[index]!).map((start) => [start.supply, start]));
    return this.catalogues[index]!.some((taken, supply) =>
      meetsClosure(
        starts.get(supply)!,
        Array.from(taken, (leg) => legs[leg]!),
        closures,
      ),
    );
  }

  /** Legs by which something may have become cheaper; of those on demand that are just open again, until when. */
  private freshLegs({ legs, places, reopened }: Effects): { fresh: Leg[]; until: Map<number, Millis> } {
    const fresh: Leg[] = [];
    const until = new Map<number, Millis>();
    for (const leg of this.problem.legs) {
      if (!leg) continue;
      const isCheaper = legs.has(leg.index) && (this.changes.dearer.get(leg.index) ?? -1) < 0;
      const latest = places.has(leg.from) || places.has(leg.to) || isCheaper ? Infinity : openAgain(leg, reopened);
      if (latest === -Infinity) continue;
      fresh.push(leg);
      until.set(leg.index, latest);
    }
    return { fresh, until };
  }
}

/** Could something that is not listed cost less than all that is, and less than what is needed? */
const isShort = ({ reach, least }: Catalogue, needed: number): boolean => reach < Math.min(least, needed);

/** Could goods not take a leg when places were closed that are open now? Until when, if it is on demand; -Infinity if they always could. */
function openAgain(leg: Leg, reopened: Effects['reopened']): Millis {
  const was = (place: Place) => reopened.get(place) ?? [];
  if (leg.kind === 'scheduled') {
    const shut = (place: Place, time: Millis) => isClosed({ closures: was(place) }, time);
    return shut(leg.from, leg.departs) || shut(leg.to, leg.arrives) ? Infinity : -Infinity;
  }
  // What has come while it was closed leaves a little later.
  const leaving = was(leg.from).map(([, to]) => to + Math.max(leg.from.transferTime, leg.from.loadTime));
  return Math.max(-Infinity, ...leaving, ...was(leg.to).map(([, to]) => to - leg.duration));
}
