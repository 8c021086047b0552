import {
  type Demand,
  type Leg,
  type Place,
  type PricedItinerary,
  type Problem,
  type Supply,
  type Voyage,
  priceItinerary,
  stepOfLeg,
} from '@portolan/domain';

/** A way one unit of a demand may travel, from one supply or none. */
export interface Itinerary {
  readonly demand: Demand;
  readonly supply?: Supply;
  /** Legs, or voyages in static problems; a leg used twice is in it twice. */
  readonly legs: readonly (Leg | Voyage)[];
  /** Money per unit, revenue subtracted. */
  readonly cost: number;
}

/** Every itinerary worth a look, found by trying them all; grows exponentially with the legs that meet. */
export const itinerariesOf = (problem: Problem): Itinerary[] =>
  problem.demands.flatMap((demand) =>
    problem.kind === 'static'
      ? staticItineraries(problem, demand)
      : startsOf(problem, demand).flatMap((supply) => timedItineraries(problem, demand, supply)),
  );

const startsOf = ({ supplies }: Problem, { product }: Demand): readonly (Supply | undefined)[] =>
  product === undefined ? [undefined] : supplies.filter((supply) => supply.product === product);

/** `priceItinerary` says what each costs and whether it may be used. */
function timedItineraries(problem: Problem, demand: Demand, supply: Supply | undefined): Itinerary[] {
  const found: Itinerary[] = [];
  const extend = (legs: readonly Leg[], at: Place): void => {
    const priced = priceItinerary(problem, demand.id, supply?.id, legs.map(stepOfLeg));
    if (priced.possible) found.push({ demand, ...(supply && { supply }), legs, cost: priced.unitCost });
    if (isDeadEnd(priced, legs.length) || legs.length === problem.maxLegs) return;
    for (const leg of problem.legs) if (leg.from === at) extend([...legs, leg], leg.to);
  };
  extend([], demand.onBoard?.to ?? supply?.place ?? demand.from!);
  return found;
}

/** A closure at the last leg may forbid just the delivery there, not to stay on board. */
const isDeadEnd = (priced: PricedItinerary, legs: number): boolean =>
  !priced.possible && (priced.atLeg < legs - 1 || (priced.atLeg === legs - 1 && priced.rule !== 7));

/**
 * Itineraries of voyages, without those that come again to a location where the goods are loaded, transferred or unloaded: the
 * same without the round trip uses less room, and costs no more, since there is one transfer there at most.
 */
function staticItineraries(problem: Problem, demand: Demand): Itinerary[] {
  const found: Itinerary[] = [];
  const extend = (voyages: readonly Voyage[], at: Place): void => {
    if (at === demand.to) {
      found.push({ demand, legs: voyages, cost: voyageCost(problem, demand, voyages) });
      return;
    }
    for (const voyage of problem.voyages) {
      if (voyage.from !== at || voyages.includes(voyage)) continue;
      const next = [...voyages, voyage];
      if (!isDetour(problem, next)) extend(next, voyage.to);
    }
  };
  extend([], demand.from!);
  return found;
}

const isDetour = (problem: Problem, voyages: readonly Voyage[]): boolean => {
  const touched = voyages.filter((voyage, index) => index === 0 || !staysOnBoard(problem, voyages[index - 1]!, voyage));
  const passed = [...voyages.map(({ from }) => from), voyages.at(-1)!.to];
  return touched.some(({ from }) => passed.filter((place) => place === from).length > 1);
};

/** Money per unit for the handling of goods on voyages, revenue subtracted. */
export function voyageCost(problem: Problem, demand: Demand, voyages: readonly Voyage[]): number {
  const transfers = voyages
    .slice(1)
    .filter((voyage, index) => !staysOnBoard(problem, voyages[index]!, voyage))
    .reduce((sum, { from }) => sum + from.transfer, 0);
  return demand.from!.load + transfers + demand.to.unload - demand.revenue;
}

const staysOnBoard = ({ document }: Problem, last: Voyage, next: Voyage): boolean => {
  const { rotation } = document.services.find(({ id }) => id === last.service)!;
  return next.service === last.service && next.call === (last.call + 1) % rotation!.length;
};
