import {
  type Demand,
  type Fault,
  type Leg,
  type Millis,
  type Place,
  type PlanChange,
  type Problem,
  type ProblemDocument,
  type ProblemService,
  type ScheduledLeg,
  type Supply,
  type Voyage,
  demandOf,
  keyOfLeg,
  legKey,
  legsOfService,
  parametersOf,
  placeOf,
  supplyOf,
  voyagesOfService,
} from '@portolan/domain';
import { Timetable } from '../search/timetable.js';
import { Entries, type Touched } from './entries.js';
import { Slots } from './slots.js';

/** What changes have done to a problem, by number. A number may be in both: then its former thing is gone, and another has come. */
export interface Effects {
  readonly demands: Set<number>;
  readonly demandsGone: Set<number>;
  /** Demands for which other itineraries are in force, and nothing else has changed. */
  readonly rebooked: Set<number>;
  /** Legs (or voyages) that are new or have other times, costs or places. */
  readonly legs: Set<number>;
  readonly legsGone: Set<number>;
  /** Legs of which only the capacity or the plugs have changed. */
  readonly resized: Set<number>;
  readonly supplies: Set<number>;
  /** Supplies of which only the quantity has changed. */
  readonly restocked: Set<number>;
  /** Supplies that are ready later; their quantity may be another one, too. */
  readonly postponed: Set<number>;
  readonly suppliesGone: Set<number>;
  /** Places with other costs or times. */
  readonly places: Set<Place>;
  /** Places that are closed at other times; and those of them that are open when they were not, with when they were closed. */
  readonly closures: Set<Place>;
  readonly reopened: Map<Place, Place['closures']>;
  /** Parameters have changed. */
  everything: boolean;
}

const noEffects = (): Effects => ({
  demands: new Set(),
  demandsGone: new Set(),
  rebooked: new Set(),
  legs: new Set(),
  legsGone: new Set(),
  resized: new Set(),
  supplies: new Set(),
  restocked: new Set(),
  postponed: new Set(),
  suppliesGone: new Set(),
  places: new Set(),
  closures: new Set(),
  reopened: new Map(),
  everything: false,
});

/** Legs (or voyages) that are new, other ones, or gone. */
export const changedLegs = ({ legs, legsGone }: Effects): number[] => [...new Set([...legsGone, ...legs])];

type Mutable<T> = { -readonly [Field in keyof T]: T[Field] };

/**
 * A problem that changes. Numbers of demands, legs, voyages and supplies stay; lists by number have holes where something is gone, so
 * what there is comes from the maps by id. Places and scheduled legs are changed in place: they are referred to.
 */
export class LiveProblem implements Problem {
  readonly kind: 'timed' | 'static';
  readonly places = new Map<string, Place>();
  readonly legs: Leg[] = [];
  readonly legByKey = new Map<string, Leg>();
  readonly voyages: Voyage[] = [];
  readonly supplies: Supply[] = [];
  readonly supplyById = new Map<string, Supply>();
  readonly demands: Demand[] = [];
  readonly demandById = new Map<string, Demand>();
  readonly entries: Entries;
  readonly timetable: Timetable;
  co2Price = 0;
  changePenalty = 0;
  maxLegs = 8;
  private readonly slots = { places: new Slots(), legs: new Slots(), supplies: new Slots(), demands: new Slots() };
  private readonly keysOfService = new Map<string, Set<string>>();
  private written: ProblemDocument | undefined;

  /** @param document one that `parseProblem` has found valid */
  constructor(document: ProblemDocument) {
    this.entries = new Entries(document);
    this.kind = document.services.some(({ rotation }) => rotation !== undefined) ? 'static' : 'timed';
    this.timetable = new Timetable(this);
    const all = <Entry>(entries: ReadonlyMap<string, Entry>) => new Set(entries.keys());
    const { locations, services, supplies, demands, current } = this.entries;
    this.resolve({
      locations: all(locations),
      services: all(services),
      supplies: all(supplies),
      demands: all(demands),
      current: all(current),
      parameters: true,
    });
  }

  get document(): ProblemDocument {
    return (this.written ??= this.entries.document());
  }

  /** Makes all the changes, or none and says what is wrong. */
  apply(changes: readonly PlanChange[]): { effects: Effects } | { faults: Fault[] } {
    const outcome = this.entries.change(changes);
    if ('faults' in outcome) return outcome;
    this.written = undefined;
    return { effects: this.resolve(outcome.touched) };
  }

  private resolve(touched: Touched): Effects {
    const effects = noEffects();
    if (touched.parameters) this.resolveParameters(effects);
    for (const id of touched.locations) this.resolveLocation(id, effects);
    for (const id of touched.services) this.resolveService(id, effects);
    for (const id of touched.supplies) this.resolveSupply(id, effects);
    for (const id of touched.demands) this.resolveDemand(id, effects);
    for (const id of touched.current) {
      const demand = this.demandById.get(id);
      if (demand && !effects.demands.has(demand.index)) effects.rebooked.add(demand.index);
    }
    return effects;
  }

  private resolveParameters(effects: Effects): void {
    const { co2Price, changePenalty, maxLegs } = parametersOf(this.entries.parameters);
    [this.co2Price, this.changePenalty, this.maxLegs] = [co2Price, changePenalty, maxLegs];
    effects.everything = true;
  }

  private resolveLocation(id: string, effects: Effects): void {
    const location = this.entries.locations.get(id);
    if (!location) {
      this.slots.places.release(id);
      this.places.delete(id);
      return;
    }
    const place = placeOf(location, this.slots.places.of(id));
    const before = this.places.get(id);
    if (!before) {
      this.places.set(id, place);
      return;
    }
    if (!sameBut(['closures'], before, place)) effects.places.add(before);
    effects.closures.add(before);
    if (!before.closures.every((closure) => covers(place.closures, closure)))
      effects.reopened.set(before, before.closures);
    Object.assign(before as Mutable<Place>, place);
  }

  private resolveService(id: string, effects: Effects): void {
    const service = this.entries.services.get(id);
    const before = this.keysOfService.get(id) ?? new Set();
    const after = new Map(service ? this.termsOf(service) : []);
    for (const key of before) if (!after.has(key)) this.dropLeg(key, effects);
    for (const [key, term] of after) this.putLeg(key, term, effects);
    if (after.size > 0) this.keysOfService.set(id, new Set(after.keys()));
    else this.keysOfService.delete(id);
  }

  private termsOf(service: ProblemService): (readonly [string, Leg | Voyage])[] {
    const slot = (leg?: string | number) => this.slots.legs.of(legKey(service.id, leg?.toString()));
    const terms = service.rotation
      ? voyagesOfService(service, this.places, slot)
      : legsOfService(service, this.places, slot);
    return terms.map((term) => [keyOfLeg(term), term]);
  }

  private dropLeg(key: string, effects: Effects): void {
    const slot = this.slots.legs.release(key);
    const leg = this.legByKey.get(key);
    if (leg) this.timetable.remove(leg);
    this.legByKey.delete(key);
    delete this.legs[slot];
    delete this.voyages[slot];
    effects.legsGone.add(slot);
    effects.legs.delete(slot);
    effects.resized.delete(slot);
  }

  private putLeg(key: string, term: Leg | Voyage, effects: Effects): void {
    if ('call' in term) {
      const before = this.voyages[term.index];
      this.voyages[term.index] = term;
      effects.resized.add(term.index);
      if (before?.from !== term.from || before.to !== term.to) effects.legs.add(term.index);
      return;
    }
    const before = this.legByKey.get(key);
    if (before && sameButSize(before, term)) {
      if (before.capacity !== term.capacity || before.plugs !== term.plugs) effects.resized.add(term.index);
      Object.assign(before, term);
      return;
    }
    if (before) this.timetable.remove(before);
    const leg = before?.kind === 'scheduled' && term.kind === 'scheduled' ? Object.assign(before, term) : term;
    this.legs[term.index] = leg;
    this.legByKey.set(key, leg);
    this.timetable.add(leg);
    effects.legs.add(term.index);
    effects.resized.add(term.index);
    if (leg.kind === 'scheduled' && before) this.touchGoodsOn(leg, effects);
  }

  /** Goods on board a leg that has changed are ready at another time. */
  private touchGoodsOn(leg: ScheduledLeg, effects: Effects): void {
    for (const { onBoard, index } of this.demandById.values()) if (onBoard === leg) effects.demands.add(index);
  }

  private resolveSupply(id: string, effects: Effects): void {
    const supply = this.entries.supplies.get(id);
    const former = this.supplyById.get(id);
    if (former && supply?.product !== former.product) {
      this.slots.supplies.release(id);
      this.supplyById.delete(id);
      delete this.supplies[former.index];
      effects.suppliesGone.add(former.index);
    }
    if (!supply) return;
    const resolved = supplyOf(supply, this.slots.supplies.of(id), this.places);
    this.supplies[resolved.index] = resolved;
    this.supplyById.set(id, resolved);
    if (!former || !sameBut(['quantity', 'available'], former, resolved)) effects.supplies.add(resolved.index);
    else if (former.available === resolved.available) effects.restocked.add(resolved.index);
    else if (former.available! < resolved.available!) effects.postponed.add(resolved.index);
    else effects.supplies.add(resolved.index);
  }

  private resolveDemand(id: string, effects: Effects): void {
    const demand = this.entries.demands.get(id);
    const before = this.demandById.get(id);
    if (before && !demand) {
      this.slots.demands.release(id);
      this.demandById.delete(id);
      delete this.demands[before.index];
      effects.demandsGone.add(before.index);
      effects.demands.delete(before.index);
    }
    if (!demand) return;
    const resolved = demandOf(demand, this.slots.demands.of(id), this.places, this.legByKey);
    if (before && !sameGoods(before, resolved)) effects.demandsGone.add(before.index);
    this.demands[resolved.index] = resolved;
    this.demandById.set(id, resolved);
    effects.demands.add(resolved.index);
  }
}

/** Do the itineraries of the one suit the other, if at another cost? */
const sameGoods = (a: Demand, b: Demand): boolean =>
  a.from === b.from && a.to === b.to && a.product === b.product && a.onBoard === b.onBoard && a.reefer === b.reefer;

/** Is everything the same but these fields? */
const sameBut = <Thing extends object>(fields: readonly (keyof Thing)[], a: Thing, b: Thing): boolean =>
  (Object.keys(a) as (keyof Thing)[]).every((each) => fields.includes(each) || a[each] === b[each]);

const sameButSize = (a: Leg, b: Leg): boolean => goesAsBefore(a, b) && a.cost === b.cost && a.co2eKg === b.co2eKg;

/** Does a leg take goods to the same place at the same time, whatever it costs? */
export function goesAsBefore(a: Leg, b: Leg): boolean {
  if (a.from !== b.from || a.to !== b.to || a.spoilageFactor !== b.spoilageFactor) return false;
  if (a.kind === 'on-demand') return b.kind === 'on-demand' && a.duration === b.duration;
  return b.kind === 'scheduled' && a.departs === b.departs && a.arrives === b.arrives && a.next === b.next;
}

const covers = (closures: Place['closures'], [from, to]: readonly [Millis, Millis]): boolean =>
  closures.some(([first, last]) => first <= from && to <= last);
