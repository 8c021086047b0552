import type { ProblemCurrent, ProblemDemand, ProblemDocument, ProblemService, ProblemSupply } from '@portolan/domain';
import { Dice, at, randomProblem } from './random-problem.js';

/**
 * A random timed problem whose places also stand in a line that goods travel along with many legs, transfers and stays on board,
 * with entries in force most of which are possible, lots dated by the demand alone, and closures that come and go.
 */
export function randomLineProblem(random: () => number): ProblemDocument {
  const base = randomProblem(random);
  const dice = new Dice(random);
  const line = base.locations.map(({ id }) => id);
  const some = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, at) => make(at));
  const services = [
    ...base.services.slice(0, 5),
    ...some(dice.whole(2, 5), (index) => sailing(dice, `LINE${index}`, line)),
    ...some(dice.whole(0, 3), (index) => hop(dice, `HOP${index}`, line)),
  ];
  const supplies = [...base.supplies!, ...some(dice.whole(0, 2), (index) => undatedLot(dice, `U${index}`, line))];
  const kept = base.demands.filter(({ onBoard }) => !onBoard || services.some(({ id }) => id === onBoard.service));
  const demands = [...kept, ...some(dice.whole(1, 3), (index) => alongTheLine(dice, `W${index}`, line))];
  return {
    ...base,
    parameters: { ...base.parameters, maxLegs: dice.whole(2, Math.max(3, line.length)) },
    locations: base.locations.map((location) => ({
      ...location,
      ...dice.field('closures', 0.5, () => closures(dice)),
    })),
    services,
    supplies,
    demands,
    current: demands.flatMap((demand) => inForce(dice, demand, services, supplies)),
  };
}

/** A cheap service along part of the line, mostly all of it. */
function sailing(dice: Dice, id: string, line: readonly string[]): ProblemService {
  const first = dice.maybe(0.6) ? 0 : dice.whole(0, line.length - 2);
  let hour = dice.whole(0, 30);
  const legs = line.slice(first, -1).map((from, index) => {
    const arrival = hour + dice.whole(1, 8);
    const route = { id: String(index), from, to: line[first + index + 1]!, departs: at(hour), arrives: at(arrival) };
    hour = arrival + dice.whole(0, 6);
    const terms = { capacity: dice.whole(1, 20), cost: 10 * dice.whole(0, 4) };
    return { ...route, ...terms, ...dice.field('reeferPlugs', 0.3, () => dice.whole(0, 8)) };
  });
  return { id, legs: legs.slice(0, dice.maybe(0.6) ? legs.length : dice.whole(1, legs.length)) };
}

/** A truck to the next place or, dearer, the one after: then few legs cost more than many, and `maxLegs` matters. */
function hop(dice: Dice, id: string, line: readonly string[]): ProblemService {
  const start = dice.whole(0, line.length - 2);
  const places = dice.whole(1, Math.min(2, line.length - 1 - start));
  const route = { from: line[start]!, to: line[start + places]!, duration: `PT${dice.whole(1, 6)}H` };
  const cost = 10 * dice.whole(1, 10) * places;
  return {
    id,
    onDemand: { ...route, cost, ...dice.field('capacity', 0.5, () => dice.whole(1, 9)) },
  };
}

const undatedLot = (dice: Dice, id: string, line: readonly string[]): ProblemSupply => ({
  id,
  product: 'undated',
  location: line[0]!,
  quantity: dice.whole(1, 20),
  ...dice.field('unitCost', 0.5, () => dice.whole(0, 30)),
  ...dice.field('expires', 0.5, () => at(dice.whole(30, 90))),
});

const alongTheLine = (dice: Dice, id: string, line: readonly string[]): ProblemDemand => ({
  id,
  ...(dice.maybe(0.3) ? { product: 'undated' } : { from: line[0]! }),
  to: line.at(-1)!,
  quantity: dice.whole(1, 20),
  available: at(dice.whole(0, 15)),
  unservedPenalty: 100 * dice.whole(2, 20),
  ...dice.field('due', 0.7, () => at(dice.whole(20, 60))),
  ...dice.field('latePerUnitHour', 0.7, () => dice.whole(0, 10)),
  ...dice.field('spoilagePerUnitHour', 0.4, () => dice.whole(0, 8) / 2),
  ...dice.field('minShelfLife', 0.4, () => 'PT12H'),
  ...dice.field('reefer', 0.3, () => true),
});

const closures = (dice: Dice) =>
  Array.from({ length: dice.whole(1, 3) }, () => {
    const from = dice.whole(0, 60);
    return { from: at(from), to: at(from + dice.whole(1, 12)) };
  });

type Step = ProblemCurrent['itinerary'][number];

/** A demand's entries in force: up to two walks along the legs, no two the same; now and then one over a leg that is gone. */
function inForce(
  dice: Dice,
  demand: ProblemDemand,
  services: readonly ProblemService[],
  supplies: readonly ProblemSupply[],
): ProblemCurrent[] {
  if (dice.maybe(0.4)) return [];
  const lots = supplies.filter(({ product }) => product === demand.product);
  const entries = Array.from({ length: dice.whole(1, 2) }, (): ProblemCurrent => {
    const lot = lots.length > 0 ? dice.pick(lots) : undefined;
    const itinerary = dice.maybe(0.1) ? [{ service: 'GONE', leg: '9' }] : walk(dice, demand, lot, services);
    return { demand: demand.id, ...(lot && { supply: lot.id }), itinerary, quantity: dice.whole(0, 12) };
  });
  const identity = ({ supply, itinerary }: ProblemCurrent) => JSON.stringify([supply, itinerary]);
  return entries.filter((entry, at) => entries.findIndex((other) => identity(other) === identity(entry)) === at);
}

/** Steps that follow each other in place and, roughly, in time; they end at the destination if chance leads there. */
function walk(
  dice: Dice,
  { from, onBoard, to, available = '' }: ProblemDemand,
  lot: ProblemSupply | undefined,
  services: readonly ProblemService[],
): Step[] {
  const rides = services.flatMap(ridesOf);
  const aboard = rides.find(({ step }) => step.service === onBoard?.service && step.leg === onBoard.leg);
  let [here, since] = [aboard?.to ?? lot?.location ?? from, aboard?.arrives ?? lot?.available ?? available];
  const steps: Step[] = [];
  while (steps.length < 5 && !(here === to && dice.maybe(0.9))) {
    const onward = rides.filter((ride) => ride.from === here && (ride.departs ?? since) >= since);
    const last = onward.filter((ride) => ride.to === to);
    if (onward.length === 0) break;
    const ride = dice.pick(last.length > 0 && dice.maybe(0.6) ? last : onward);
    steps.push(ride.step);
    [here, since] = [ride.to, ride.arrives ?? since];
  }
  return steps;
}

interface Ride {
  readonly step: Step;
  readonly from: string;
  readonly to: string;
  readonly departs?: string;
  readonly arrives?: string;
}

const ridesOf = ({ id: service, legs = [], onDemand }: ProblemService): Ride[] => [
  ...legs.map(({ id: leg, ...ride }) => ({ step: { service, leg }, ...ride })),
  ...(onDemand ? [{ step: { service }, from: onDemand.from, to: onDemand.to }] : []),
];
