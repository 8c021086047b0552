import { parseDuration } from '../time/duration.js';
import { parseInstant } from '../time/instant.js';
import type { ProblemDemand, ProblemDocument, ProblemLocation, ProblemService, ProblemSupply } from './document.js';
import {
  type Demand,
  type Leg,
  type Place,
  type Problem,
  type ScheduledLeg,
  type Supply,
  type Voyage,
  keyOfLeg,
  legKey,
} from './problem.js';

/** A document that has passed the checks, with references resolved and defaults filled in. */
export function resolve(document: ProblemDocument): Problem {
  const places = new Map(document.locations.map((location, index) => [location.id, placeOf(location, index)]));
  const voyages = voyagesOf(document, places);
  const legs = legsOf(document, places);
  const legByKey = new Map(legs.map((leg) => [keyOfLeg(leg), leg]));
  const supplies = (document.supplies ?? []).map((supply, index) => supplyOf(supply, index, places));
  const demands = document.demands.map((demand, index) => demandOf(demand, index, places, legByKey));
  return {
    kind: voyages.length > 0 ? 'static' : 'timed',
    document,
    ...parametersOf(document.parameters),
    places,
    legs,
    legByKey,
    voyages,
    supplies,
    supplyById: new Map(supplies.map((supply) => [supply.id, supply])),
    demands,
    demandById: new Map(demands.map((demand) => [demand.id, demand])),
  };
}

/** What parameters left out are. */
export const parameterDefaults = { co2PricePerTonne: 0, changePenaltyPerUnit: 0, maxLegs: 8 };

export function parametersOf(
  parameters: ProblemDocument['parameters'],
): Pick<Problem, 'co2Price' | 'changePenalty' | 'maxLegs'> {
  const {
    co2PricePerTonne = parameterDefaults.co2PricePerTonne,
    changePenaltyPerUnit = parameterDefaults.changePenaltyPerUnit,
    maxLegs = parameterDefaults.maxLegs,
  } = parameters ?? {};
  return { co2Price: co2PricePerTonne / 1000, changePenalty: changePenaltyPerUnit, maxLegs };
}

export function placeOf(
  { id, handling, handlingTime, storage, spoilageFactor = 1, closures = [] }: ProblemLocation,
  index: number,
): Place {
  return {
    index,
    id,
    load: handling?.load ?? 0,
    unload: handling?.unload ?? 0,
    transfer: handling?.transfer ?? 0,
    loadTime: millis(handlingTime?.load),
    unloadTime: millis(handlingTime?.unload),
    transferTime: millis(handlingTime?.transfer),
    storagePerDay: storage?.costPerUnitDay ?? 0,
    freeTime: millis(storage?.freeTime),
    spoilageFactor,
    closures: closures.map(({ from, to }) => [parseInstant(from)!, parseInstant(to)!]),
  };
}

const millis = (duration: string | undefined): number => (duration === undefined ? 0 : parseDuration(duration)!);
const moment = (instant: string | undefined, otherwise: number): number =>
  instant === undefined ? otherwise : parseInstant(instant)!;

function legsOf({ services }: ProblemDocument, places: ReadonlyMap<string, Place>): Leg[] {
  let count = 0;
  return services.flatMap((service) => legsOfService(service, places, () => count++));
}

/**
 * The legs of a service that is not a rotation.
 * @param indexOf gives each leg, by its id (none on demand), its position in `Problem.legs`
 */
export function legsOfService(
  { id: service, legs = [], onDemand }: ProblemService,
  places: ReadonlyMap<string, Place>,
  indexOf: (leg?: string) => number,
): Leg[] {
  if (onDemand)
    return [
      {
        kind: 'on-demand',
        duration: parseDuration(onDemand.duration)!,
        ...termsOf(onDemand, indexOf(), service, places),
      },
    ];
  const indices = legs.map(({ id }) => indexOf(id));
  return legs.map((leg, at) => {
    const after = legs[at + 1];
    const arrives = parseInstant(leg.arrives)!;
    const stays = after?.from === leg.to && parseInstant(after.departs)! >= arrives;
    return {
      kind: 'scheduled',
      leg: leg.id,
      departs: parseInstant(leg.departs)!,
      arrives,
      next: stays ? indices[at + 1]! : -1,
      ...termsOf(leg, indices[at]!, service, places),
    };
  });
}

interface Terms {
  from: string;
  to: string;
  capacity?: number | undefined;
  reeferPlugs?: number | undefined;
  cost?: number | undefined;
  co2eKg?: number | undefined;
  spoilageFactor?: number | undefined;
}

const termsOf = (terms: Terms, index: number, service: string, places: ReadonlyMap<string, Place>) => ({
  index,
  service,
  from: places.get(terms.from)!,
  to: places.get(terms.to)!,
  capacity: terms.capacity ?? Infinity,
  plugs: terms.reeferPlugs ?? terms.capacity ?? Infinity,
  cost: terms.cost ?? 0,
  co2eKg: terms.co2eKg ?? 0,
  spoilageFactor: terms.spoilageFactor ?? 1,
});

function voyagesOf({ services }: ProblemDocument, places: ReadonlyMap<string, Place>): Voyage[] {
  let count = 0;
  return services.flatMap((service) => voyagesOfService(service, places, () => count++));
}

/** @param indexOf gives each voyage, by its call, its position in `Problem.voyages` */
export const voyagesOfService = (
  { id, rotation = [], capacity = 0 }: ProblemService,
  places: ReadonlyMap<string, Place>,
  indexOf: (call: number) => number,
): Voyage[] =>
  rotation.map((from, call) => ({
    index: indexOf(call),
    service: id,
    call,
    from: places.get(from)!,
    to: places.get(rotation[(call + 1) % rotation.length]!)!,
    capacity,
  }));

export const supplyOf = (supply: ProblemSupply, index: number, places: ReadonlyMap<string, Place>): Supply => ({
  index,
  id: supply.id,
  product: supply.product,
  place: places.get(supply.location)!,
  quantity: supply.quantity,
  ...(supply.available !== undefined && { available: parseInstant(supply.available)! }),
  unitCost: supply.unitCost ?? 0,
  expires: moment(supply.expires, Infinity),
});

export function demandOf(
  demand: ProblemDemand,
  index: number,
  places: ReadonlyMap<string, Place>,
  legByKey: ReadonlyMap<string, Leg>,
): Demand {
  const { onBoard, from } = demand;
  return {
    index,
    id: demand.id,
    ...(from !== undefined && { from: places.get(from)! }),
    ...(demand.product !== undefined && { product: demand.product }),
    ...(onBoard && { onBoard: legByKey.get(legKey(onBoard.service, onBoard.leg)) as ScheduledLeg }),
    to: places.get(demand.to)!,
    quantity: demand.quantity,
    ...(demand.available !== undefined && { available: parseInstant(demand.available)! }),
    due: moment(demand.due, Infinity),
    latest: moment(demand.latest, Infinity),
    latePerHour: demand.latePerUnitHour ?? 0,
    revenue: demand.revenue ?? 0,
    unservedPenalty: demand.unservedPenalty ?? 1_000_000,
    spoilagePerHour: demand.spoilagePerUnitHour ?? 0,
    minShelfLife: millis(demand.minShelfLife),
    reefer: demand.reefer ?? false,
    ...(demand.unitSize && { unitSize: demand.unitSize }),
  };
}
