import type { EventData } from '../events/event.js';
import type { Proposal } from '../events/decision.js';
import type { EventReference } from '../recommendation/recommendation.js';
import type { Millis } from '../time/instant.js';
import type { Fact, Register, Retraction } from './fact.js';
import type { Goods } from './goods.js';
import { LayeredMap } from './layered-map.js';
import { type Parameters, defaultParameters } from './parameters.js';
import type { Reckoning } from './reckoning.js';
import { Remembered } from './remembered.js';
import type { Service } from './service.js';

export interface Location extends Omit<EventData<'org.portolan.location.changed'>, 'handlingTime' | 'extensions'> {
  readonly handlingTime: { readonly load: Millis; readonly unload: Millis; readonly transfer: Millis };
}

export interface Closure {
  readonly id: string;
  readonly from: Millis;
  readonly to: Millis;
  readonly reason?: string;
}

export interface Order {
  readonly id: string;
  readonly customer?: string;
  readonly from?: string;
  readonly product?: string;
  readonly to: string;
  readonly quantity: number;
  readonly unitSize?: number;
  readonly available?: Millis;
  readonly due?: Millis;
  readonly latest?: Millis;
  readonly latePerUnitHour?: number;
  readonly revenue?: number;
  readonly unservedPenalty?: number;
  readonly minShelfLife?: Millis;
  readonly reefer?: boolean;
  readonly setPoint?: number;
  readonly spoilagePerUnitHour?: number;
  readonly equipment: readonly string[];
  readonly references: readonly string[];
  /** Why, where it was cancelled. */
  readonly cancelled?: string;
}

export interface Lot {
  readonly id: string;
  readonly product: string;
  readonly location: string;
  readonly quantity: number;
  readonly available: Millis;
  /** By the sender's word, or production and the product's shelf life; sensors may have moved it since. */
  readonly expires?: Millis;
  readonly unitCost?: number;
  readonly equipment: readonly string[];
  /** Why, where it was withdrawn. */
  readonly withdrawn?: string;
}

export type Product = EventData<'org.portolan.product.described'>;

/** A word on where a container is: it moved, or was seen on board. */
export type Sighting = Fact<'org.portolan.equipment.moved' | 'org.portolan.equipment.stowed'>;

/** What a sender said about a call, with the run and call it is about. */
export interface CallReport {
  readonly call: number;
  readonly which: 'arrival' | 'departure';
  readonly fact: Fact<'org.portolan.transport.called'>;
}

/** A recommendation's answer. */
export interface Decision {
  readonly decision: 'accept' | 'reject';
  readonly by: string;
  readonly at: string;
  readonly reason?: string;
  readonly policy?: string;
  readonly proposal: Proposal;
  readonly position: number;
}

/**
 * Everything known and decided in a planning cell at one position of its log. Values are never changed in place: two
 * states share what is equal.
 */
export interface State {
  readonly cell: string;
  /** The planner's now: the largest `recordedtime` or tick so far; -Infinity before the first event. */
  readonly now: Millis;
  /** The largest position folded, -1 before the first. */
  readonly position: number;
  readonly parameters: Parameters;

  // What was said, by what it is about.
  /** Events folded, by source and id: the newest, and as many before them; those of longer ago are forgotten. */
  readonly seen: Remembered;
  readonly seenBefore: Remembered;
  readonly retractions: ReadonlyMap<string, Retraction>;
  readonly saidOfParameters: ReadonlyMap<string, Register<'org.portolan.parameters.changed'>>;
  readonly saidOfLocations: ReadonlyMap<string, Register<'org.portolan.location.changed'>>;
  readonly saidOfClosures: ReadonlyMap<
    string,
    Register<'org.portolan.location.closed' | 'org.portolan.location.reopened'>
  >;
  readonly saidOfServices: ReadonlyMap<
    string,
    Register<'org.portolan.service.scheduled' | 'org.portolan.service.cancelled'>
  >;
  readonly saidOfCapacity: ReadonlyMap<string, Register<'org.portolan.capacity.changed'>>;
  readonly saidOfProducts: ReadonlyMap<string, Register<'org.portolan.product.described'>>;
  readonly saidOfOrders: ReadonlyMap<string, Register<'org.portolan.order.placed' | 'org.portolan.order.cancelled'>>;
  readonly saidOfLots: ReadonlyMap<string, Register<'org.portolan.lot.registered' | 'org.portolan.lot.withdrawn'>>;
  /** By service. */
  readonly reports: ReadonlyMap<string, readonly CallReport[]>;
  /** Reports of runs nobody announced yet, by each name they give the run. */
  readonly strays: ReadonlyMap<string, readonly Fact<'org.portolan.transport.called'>[]>;
  /** What references of calls stand for. */
  readonly saidOfCalls: ReadonlyMap<string, Register<'org.portolan.call.described'>>;
  /** By equipment, in order of occurrence. */
  readonly moves: ReadonlyMap<string, readonly Sighting[]>;
  /** By `order:`, `equipment:` or `document:` and what it names. */
  readonly milestones: ReadonlyMap<string, readonly Fact<'org.portolan.milestone.reached'>[]>;
  /** By equipment, in order of occurrence. */
  readonly readings: ReadonlyMap<string, readonly Fact<'org.portolan.sensor.read'>[]>;
  /** The last position of each vessel. */
  readonly positions: ReadonlyMap<string, Register<'org.portolan.position.reported'>>;

  // What follows from it in the order of the log.
  /** By service: arrivals by where its vessel was seen, in order of the calls. */
  readonly reckonings: ReadonlyMap<string, readonly Reckoning[]>;
  /** By order, known or not: what of it has begun to move, and what is in force for the rest. */
  readonly goods: ReadonlyMap<string, Goods>;
  readonly decisions: ReadonlyMap<string, Decision>;
  /** The rejected among them. */
  readonly rejections: ReadonlyMap<string, Decision>;
  /** By thing (`service:ID`, `leg:SERVICE/LEG`, `order:ID` …): the last events that changed something there. */
  readonly touches: ReadonlyMap<string, readonly EventReference[]>;

  // What can be worked out from it again.
  readonly locations: ReadonlyMap<string, Location>;
  /** Locations by `facility:`, `unlocode:` and `name:`. */
  readonly places: ReadonlyMap<string, readonly string[]>;
  /** By location. */
  readonly closures: ReadonlyMap<string, readonly Closure[]>;
  readonly services: ReadonlyMap<string, Service>;
  /** Another object whenever it may have changed what references to runs, places and orders mean. */
  readonly naming: object;
  /** Services by `service:`, `call:`, `imo:`, `mmsi:`, `callsign:` and `name:`. */
  readonly runsByName: ReadonlyMap<string, readonly string[]>;
  readonly products: ReadonlyMap<string, Product>;
  readonly orders: ReadonlyMap<string, Order>;
  readonly lots: ReadonlyMap<string, Lot>;
  /** Orders whose goods are on or booked on a service, drawn from a lot, or in a container. May name some that no longer are. */
  readonly ordersBy: ReadonlyMap<string, readonly string[]>;
  /** The next moment at which goods of an order begin to move, or are frozen, by the clock alone. */
  readonly nextBegin: ReadonlyMap<string, Millis>;
  /** The earliest of these. */
  readonly earliestBegin: Millis;
}

export const emptyState = (cell: string): State => ({
  cell,
  now: -Infinity,
  position: -1,
  parameters: defaultParameters,
  seen: Remembered.of(),
  seenBefore: Remembered.of(),
  retractions: LayeredMap.of(),
  saidOfParameters: LayeredMap.of(),
  saidOfLocations: LayeredMap.of(),
  saidOfClosures: LayeredMap.of(),
  saidOfServices: LayeredMap.of(),
  saidOfCapacity: LayeredMap.of(),
  saidOfProducts: LayeredMap.of(),
  saidOfOrders: LayeredMap.of(),
  saidOfLots: LayeredMap.of(),
  reports: LayeredMap.of(),
  strays: LayeredMap.of(),
  saidOfCalls: LayeredMap.of(),
  moves: LayeredMap.of(),
  milestones: LayeredMap.of(),
  readings: LayeredMap.of(),
  positions: LayeredMap.of(),
  reckonings: LayeredMap.of(),
  goods: LayeredMap.of(),
  decisions: LayeredMap.of(),
  rejections: LayeredMap.of(),
  touches: LayeredMap.of(),
  locations: LayeredMap.of(),
  places: LayeredMap.of(),
  closures: LayeredMap.of(),
  services: LayeredMap.of(),
  naming: {},
  runsByName: LayeredMap.of(),
  products: LayeredMap.of(),
  orders: LayeredMap.of(),
  lots: LayeredMap.of(),
  ordersBy: LayeredMap.of(),
  nextBegin: LayeredMap.of(),
  earliestBegin: Infinity,
});
