import type { Step } from '../events/decision.js';
import type { CostParts } from '../recommendation/recommendation.js';
import { DAY, HOUR, type Millis, formatInstant } from '../time/instant.js';
import { type Demand, type Leg, type Place, type Problem, type Supply, legKey } from './problem.js';

export interface PricedLeg extends Step {
  readonly from: string;
  readonly to: string;
  readonly departs: Millis;
  readonly arrives: Millis;
}

/** A leg as plans write it. */
export const travelledLeg = ({ departs, arrives, ...leg }: PricedLeg) => ({
  ...leg,
  departs: formatInstant(departs),
  arrives: formatInstant(arrives),
});

export interface PossibleItinerary {
  readonly possible: true;
  /** Money per unit, revenue subtracted. */
  readonly unitCost: number;
  readonly parts: CostParts;
  /** Per unit. */
  readonly co2eKg: number;
  readonly ready: Millis;
  readonly delivered: Millis;
  readonly legs: readonly PricedLeg[];
}

export interface ImpossibleItinerary {
  readonly possible: false;
  /** The rule of `portolan.problem/1` that forbids it, 0 for what names nothing in the document. */
  readonly rule: number;
  readonly reason: string;
  /** Index of the leg that cannot be used; the number of legs where the delivery is what fails. */
  readonly atLeg: number;
}

export type PricedItinerary = PossibleItinerary | ImpossibleItinerary;

const impossible = (rule: number, atLeg: number, reason: string): ImpossibleItinerary => ({
  possible: false,
  rule,
  atLeg,
  reason,
});

/**
 * One unit of a demand on an itinerary of a timed problem: the eleven rules, in their order. The reference that plans,
 * certificates and recommendations are held against; pricing finds the same figures by other means.
 */
export function priceItinerary(
  problem: Problem,
  demandId: string,
  supplyId: string | undefined,
  steps: readonly Step[],
): PricedItinerary {
  const demand = problem.demandById.get(demandId);
  if (!demand) return impossible(0, 0, `there is no demand ${demandId}`);
  const supply = supplyId === undefined ? undefined : problem.supplyById.get(supplyId);
  if (supplyId !== undefined && (!supply || supply.product !== demand.product))
    return impossible(0, 0, `there is no supply ${supplyId} of ${demand.product ?? 'a product'} for ${demandId}`);
  if (demand.product !== undefined && !supply)
    return impossible(0, 0, `${demandId} is served from a supply, and none is named`);
  const legs: Leg[] = [];
  for (const [index, { service, leg }] of steps.entries()) {
    const found = problem.legByKey.get(legKey(service, leg));
    if (!found)
      return impossible(0, index, `there is no ${leg === undefined ? service : `leg ${leg} of ${service}`} any more`);
    legs.push(found);
  }
  return new Journey(problem, demand, supply).along(legs);
}

/** Walks an itinerary, adding up what it costs. */
class Journey {
  private readonly parts = { transport: 0, handling: 0, storage: 0, spoilage: 0 };
  private spoiledHours = 0;
  private co2eKg = 0;
  private readonly walked: PricedLeg[] = [];

  constructor(
    private readonly problem: Problem,
    private readonly demand: Demand,
    private readonly supply: Supply | undefined,
  ) {}

  along(legs: readonly Leg[]): PricedItinerary {
    const { demand, supply } = this;
    const onBoard = demand.onBoard;
    let at: Place = onBoard?.to ?? supply?.place ?? demand.from!;
    const ready = onBoard?.arrives ?? Math.max(demand.available ?? -Infinity, supply?.available ?? -Infinity);
    let time = ready;
    let last: Leg | undefined = onBoard;
    if (legs.length > this.problem.maxLegs)
      return impossible(
        0,
        this.problem.maxLegs,
        `it has ${legs.length} legs, more than maxLegs (${this.problem.maxLegs})`,
      );
    for (const [index, leg] of legs.entries()) {
      if (leg.from !== at)
        return impossible(0, index, `${nameOf(leg)} leaves from ${leg.from.id}, and the goods are at ${at.id}`);
      const departs = this.board(leg, last, at, time, index);
      if (typeof departs !== 'number') return departs;
      const arrives = leg.kind === 'scheduled' ? leg.arrives : departs + leg.duration;
      this.ride(leg, departs, arrives);
      [at, time, last] = [leg.to, arrives, leg];
    }
    if (at !== demand.to) return impossible(0, legs.length, `it ends at ${at.id}, not at ${demand.to.id}`);
    return this.deliver(ready, time, last);
  }

  /** Rules 2, 3, 5, 6, 7 and 9 where goods get on a leg; gives its departure. */
  private board(leg: Leg, last: Leg | undefined, at: Place, time: Millis, index: number): Millis | ImpossibleItinerary {
    const first = last === undefined;
    if (last?.kind === 'scheduled' && last.next === leg.index && leg.kind === 'scheduled') {
      this.spoiledHours += ((leg.departs - time) / HOUR) * last.spoilageFactor;
      return leg.departs;
    }
    const handlingTime = first ? at.loadTime : at.transferTime;
    const departs = leg.kind === 'scheduled' ? leg.departs : time + handlingTime;
    if (time + handlingTime > departs)
      return impossible(
        first ? 2 : 3,
        index,
        `${nameOf(leg)} departs at ${formatInstant(departs)}, before the goods can be ${first ? 'loaded' : 'transferred'} ` +
          `at ${at.id} (${formatInstant(time + handlingTime)})`,
      );
    if (isClosed(at, departs)) return closed(index, at, departs, 'the departure');
    if (!first && isClosed(at, time)) return closed(index, at, time, 'the arrival of the goods');
    const wait = departs - time;
    this.parts.handling += first ? at.load : at.transfer;
    this.parts.storage += (at.storagePerDay * Math.max(0, wait - at.freeTime)) / DAY;
    this.spoiledHours += (wait / HOUR) * at.spoilageFactor;
    return departs;
  }

  private ride(leg: Leg, departs: Millis, arrives: Millis): void {
    this.parts.transport += leg.cost;
    this.co2eKg += leg.co2eKg;
    this.spoiledHours += ((arrives - departs) / HOUR) * leg.spoilageFactor;
    const { service } = leg;
    const name = leg.kind === 'scheduled' ? { service, leg: leg.leg } : { service };
    this.walked.push({ ...name, from: leg.from.id, to: leg.to.id, departs, arrives });
  }

  /** Rules 4, 5 and 7 to 11 at the end. */
  private deliver(ready: Millis, arrival: Millis, last: Leg | undefined): PricedItinerary {
    const { demand, supply, problem } = this;
    const end = this.walked.length;
    const delivered = last ? arrival + demand.to.unloadTime : arrival;
    if (last) {
      if (isClosed(demand.to, arrival)) return closed(Math.max(0, end - 1), demand.to, arrival, 'the arrival');
      this.parts.handling += demand.to.unload;
      this.spoiledHours += (demand.to.unloadTime / HOUR) * demand.to.spoilageFactor;
    }
    if (delivered > demand.latest)
      return impossible(
        8,
        end,
        `delivered at ${formatInstant(delivered)}, after the latest moment (${formatInstant(demand.latest)})`,
      );
    if (supply && delivered + demand.minShelfLife > supply.expires)
      return impossible(
        10,
        end,
        `delivered at ${formatInstant(delivered)}, with too little shelf life: ${supply.id} expires at ${formatInstant(supply.expires)}`,
      );
    const parts: CostParts = {
      ...this.parts,
      lateness: Number.isFinite(demand.due) ? (demand.latePerHour * Math.max(0, delivered - demand.due)) / HOUR : 0,
      spoilage: demand.spoilagePerHour * this.spoiledHours,
      emissions: this.co2eKg * problem.co2Price,
      supply: supply?.unitCost ?? 0,
      revenue: demand.revenue,
    };
    const { transport, handling, storage, lateness, spoilage, emissions } = parts;
    const unitCost = transport + handling + storage + lateness + spoilage + emissions + parts.supply - parts.revenue;
    return { possible: true, unitCost, parts, co2eKg: this.co2eKg, ready, delivered, legs: this.walked };
  }
}

export const isClosed = (place: Pick<Place, 'closures'>, instant: Millis): boolean =>
  place.closures.some(([from, to]) => from <= instant && instant < to);

const closed = (index: number, place: Place, instant: Millis, what: string): ImpossibleItinerary =>
  impossible(7, index, `${place.id} is closed at ${what} (${formatInstant(instant)})`);

const nameOf = (leg: Leg): string => (leg.kind === 'scheduled' ? `leg ${leg.leg} of ${leg.service}` : leg.service);
