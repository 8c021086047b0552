import type { ProblemDemand, ProblemDocument, ProblemLeg, ProblemLocation, ProblemSupply } from '../document.js';
import { type PossibleItinerary, type PricedItinerary, priceItinerary } from '../itinerary.js';
import { parseProblem } from '../parse.js';

export const midnight = Date.UTC(2026, 2, 2);
/** The instant so many hours (and milliseconds) after midnight, as a document has it. */
export const at = (hours: number, millis = 0): string => new Date(midnight + hours * 3_600_000 + millis).toISOString();
/** Hours after midnight, as the tests have it. */
export const hoursOf = (instant: number): number => (instant - midnight) / 3_600_000;

export type Place = Omit<ProblemLocation, 'id'>;
type Ride = Partial<ProblemLeg>;
type OnDemandRide = Pick<Ride, 'cost' | 'co2eKg' | 'spoilageFactor'>;
export type Goods = Omit<ProblemDemand, 'id' | 'quantity'>;
export type Lot = Partial<ProblemSupply>;

export interface Terms {
  parameters?: ProblemDocument['parameters'];
  A?: Place;
  B?: Place;
  C?: Place;
  barge1?: Ride;
  barge2?: Ride;
  barge3?: Ride;
  rail?: Ride;
  truck?: OnDemandRide;
  van?: OnDemandRide;
  goods?: Goods;
  lot?: Lot;
}

export const ready: Goods = { from: 'A', to: 'C', available: at(0) };
export const fromLot: Goods = { product: 'pear', to: 'C', available: at(0) };
export const onBarge1: Goods = { onBoard: { service: 'BARGE', leg: '1' }, to: 'C' };
export const onBarge2: Goods = { onBoard: { service: 'BARGE', leg: '2' }, to: 'C' };

/** Goods at A since hour 0, for C by way of B: BARGE/1 10-20, then BARGE/2 24-30, RAIL/1 26-28 or BARGE/3 48-54; TRUCK 3 h and VAN 2 h at any time. */
const tiny = ({ goods = ready, lot, ...terms }: Terms): ProblemDocument => ({
  format: 'portolan.problem/1',
  ...(terms.parameters && { parameters: terms.parameters }),
  locations: [
    { id: 'A', ...terms.A },
    { id: 'B', ...terms.B },
    { id: 'C', ...terms.C },
  ],
  services: [
    {
      id: 'BARGE',
      legs: [
        { id: '1', from: 'A', to: 'B', departs: at(10), arrives: at(20), capacity: 9, ...terms.barge1 },
        { id: '2', from: 'B', to: 'C', departs: at(24), arrives: at(30), capacity: 9, ...terms.barge2 },
        { id: '3', from: 'B', to: 'C', departs: at(48), arrives: at(54), capacity: 9, ...terms.barge3 },
      ],
    },
    {
      id: 'RAIL',
      legs: [{ id: '1', from: 'B', to: 'C', departs: at(26), arrives: at(28), capacity: 9, ...terms.rail }],
    },
    { id: 'TRUCK', onDemand: { from: 'A', to: 'B', duration: 'PT3H', ...terms.truck } },
    { id: 'VAN', onDemand: { from: 'B', to: 'C', duration: 'PT2H', ...terms.van } },
    { id: 'BACK', onDemand: { from: 'C', to: 'B', duration: 'PT1H' } },
  ],
  supplies: [
    { id: 'LOT', product: 'pear', location: 'A', quantity: 1, ...lot },
    { id: 'PLUMS', product: 'plum', location: 'A', quantity: 1 },
  ],
  demands: [{ id: 'D', quantity: 1, ...goods }],
});

/** One unit of the goods on a route such as `BARGE/1 VAN`; from the lot where the goods are a product. */
export function price(
  route: string,
  terms: Terms = {},
  names: { demand?: string; supply?: string | undefined } = {},
): PricedItinerary {
  const parsed = parseProblem(tiny(terms));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const { demand = 'D' } = names;
  const supply = 'supply' in names ? names.supply : terms.goods?.product && 'LOT';
  const steps = route.split(' ').filter(Boolean);
  const legs = steps
    .map((step) => step.split('/'))
    .map(([service, leg]) => ({ service: service!, ...(leg && { leg }) }));
  return priceItinerary(parsed.problem, demand, supply, legs);
}

export function possible(route: string, terms: Terms = {}): PossibleItinerary {
  const priced = price(route, terms);
  if (!priced.possible) throw new Error(`${route} is not possible: ${priced.reason}`);
  return priced;
}

export const cost = (route: string, terms: Terms = {}): number => possible(route, terms).unitCost;
export const delivered = (route: string, terms: Terms = {}): number => hoursOf(possible(route, terms).delivered);
/** From and to in hours, of each leg. */
export const times = (route: string, terms: Terms = {}): number[][] =>
  possible(route, terms).legs.map(({ departs, arrives }) => [hoursOf(departs), hoursOf(arrives)]);
/** The rule that forbids the route, and at which leg; `allowed` where none does. */
export const verdict = (...asked: Parameters<typeof price>): [rule: number, atLeg: number] | 'allowed' => {
  const priced = price(...asked);
  return priced.possible ? 'allowed' : [priced.rule, priced.atLeg];
};
