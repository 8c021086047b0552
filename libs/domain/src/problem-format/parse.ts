import { z } from 'zod';
import { type Fault, faultsOf } from '../events/event.js';
import { parseDuration } from '../time/duration.js';
import { parseInstant } from '../time/instant.js';
import { checkDocument } from './checks.js';
import {
  type ProblemDemand,
  type ProblemDocument,
  type ProblemLocation,
  type ProblemSupply,
  problemDocument,
} from './document.js';
import {
  type Demand,
  type Leg,
  type Place,
  type Problem,
  type ScheduledLeg,
  type Supply,
  type Voyage,
  legKey,
} from './problem.js';

export type ProblemError = Fault;
export type ParsedProblem =
  { readonly ok: true; readonly problem: Problem } | { readonly ok: false; readonly errors: readonly ProblemError[] };

/**
 * A problem from JSON, or everything that is wrong with it at once, each with its JSON Pointer, the value found and what
 * would be right. References and times are checked where the document has the right shape.
 */
export function parseProblem(json: unknown): ParsedProblem {
  const shape = problemDocument.safeParse(json);
  if (!shape.success) return { ok: false, errors: [...faultsOf(shape.error, json), ...faultsBehind(json)] };
  const errors = checkDocument(shape.data);
  return errors.length > 0 ? { ok: false, errors } : { ok: true, problem: resolve(shape.data) };
}

const lists = ['locations', 'services', 'supplies', 'demands', 'current'] as const;

/** What the checks beyond shape find in a misshapen document: in all entries that have the right shape. */
function faultsBehind(json: unknown): ProblemError[] {
  const root = json as Record<string, unknown> | null;
  if (typeof root !== 'object' || root === null) return [];
  const sound: Record<string, unknown[]> = {};
  const places: Record<string, number[]> = {};
  const dropped = new Set<unknown>();
  for (const list of lists) {
    const entries = Array.isArray(root[list]) ? (root[list] as unknown[]) : [];
    const parsed = entries.map((entry) => elementOf(list).safeParse(entry));
    sound[list] = parsed.flatMap(({ success, data }) => (success ? [data] : []));
    places[list] = parsed.flatMap(({ success }, index) => (success ? [index] : []));
    parsed.forEach(({ success }, index) => !success && dropped.add((entries[index] as { id?: unknown } | null)?.id));
  }
  const faults = checkDocument({ format: 'portolan.problem/1', ...sound } as unknown as ProblemDocument);
  // A reference to an entry that is only misshapen does not dangle.
  return faults
    .filter(({ value }) => !refersTo(value, dropped))
    .map((fault) => ({ ...fault, pointer: placed(fault.pointer, places) }));
}

const elementOf = (list: (typeof lists)[number]): z.ZodType => {
  const schema = problemDocument.shape[list];
  return (schema instanceof z.ZodOptional ? schema.unwrap() : schema).element;
};

const refersTo = (value: unknown, ids: ReadonlySet<unknown>): boolean =>
  ids.has(value) || (typeof value === 'object' && value !== null && Object.values(value).some((part) => ids.has(part)));

/** A pointer into the sound entries as one into the whole document. */
const placed = (pointer: string, places: Readonly<Record<string, readonly number[]>>): string =>
  pointer.replace(/^\/(\w+)\/(\d+)/, (_all, list: string, index: string) => `/${list}/${places[list]![Number(index)]}`);

function resolve(document: ProblemDocument): Problem {
  const { co2PricePerTonne = 0, changePenaltyPerUnit = 0, maxLegs = 8 } = document.parameters ?? {};
  const places = new Map(document.locations.map((location) => [location.id, placeOf(location)]));
  const voyages = voyagesOf(document, places);
  const legs = legsOf(document, places);
  const legByKey = new Map(
    legs.map((leg) => [leg.kind === 'scheduled' ? legKey(leg.service, leg.leg) : leg.service, leg]),
  );
  const supplies = (document.supplies ?? []).map((supply) => supplyOf(supply, places));
  const demands = document.demands.map((demand, index) => demandOf(demand, index, places, legByKey));
  return {
    kind: voyages.length > 0 ? 'static' : 'timed',
    document,
    co2Price: co2PricePerTonne / 1000,
    changePenalty: changePenaltyPerUnit,
    maxLegs,
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

function placeOf({ id, handling, handlingTime, storage, spoilageFactor = 1, closures = [] }: ProblemLocation): Place {
  return {
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
  const legs: Leg[] = [];
  for (const { id: service, legs: scheduled = [], onDemand } of services) {
    const first = legs.length;
    scheduled.forEach((leg, at) => {
      const after = scheduled[at + 1];
      const departs = parseInstant(leg.departs)!;
      const arrives = parseInstant(leg.arrives)!;
      const stays = after?.from === leg.to && parseInstant(after.departs)! >= arrives;
      legs.push({
        kind: 'scheduled',
        leg: leg.id,
        departs,
        arrives,
        next: stays ? first + at + 1 : -1,
        ...termsOf(leg, legs.length, service, places),
      });
    });
    if (onDemand)
      legs.push({
        kind: 'on-demand',
        duration: parseDuration(onDemand.duration)!,
        ...termsOf(onDemand, legs.length, service, places),
      });
  }
  return legs;
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
  const voyages: Voyage[] = [];
  for (const { id, rotation = [], capacity = 0 } of services)
    rotation.forEach((from, call) =>
      voyages.push({
        index: voyages.length,
        service: id,
        call,
        from: places.get(from)!,
        to: places.get(rotation[(call + 1) % rotation.length]!)!,
        capacity,
      }),
    );
  return voyages;
}

const supplyOf = (supply: ProblemSupply, places: ReadonlyMap<string, Place>): Supply => ({
  id: supply.id,
  product: supply.product,
  place: places.get(supply.location)!,
  quantity: supply.quantity,
  ...(supply.available !== undefined && { available: parseInstant(supply.available)! }),
  unitCost: supply.unitCost ?? 0,
  expires: moment(supply.expires, Infinity),
});

function demandOf(
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
