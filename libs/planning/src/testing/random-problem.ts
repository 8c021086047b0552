import type {
  ProblemCurrent,
  ProblemDemand,
  ProblemDocument,
  ProblemLocation,
  ProblemService,
  ProblemSupply,
} from '@portolan/domain';

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const START = Date.UTC(2026, 2, 2);
/** An instant, by hours since the beginning of all random problems. */
export const at = (hour: number): string => new Date(START + hour * 3_600_000).toISOString();

/** Draws for one problem. */
export class Dice {
  constructor(private readonly random: () => number) {}

  whole(least: number, most: number): number {
    return least + Math.floor(this.random() * (most - least + 1));
  }

  pick<T>(list: readonly T[]): T {
    return list[this.whole(0, list.length - 1)]!;
  }

  maybe(chance: number): boolean {
    return this.random() < chance;
  }

  /** A field, or none. */
  field<Name extends string, T>(name: Name, chance: number, value: () => T): { [Field in Name]?: T } {
    return this.maybe(chance) ? ({ [name]: value() } as { [Field in Name]?: T }) : {};
  }
}

/** A small timed problem with every feature of the format, full of ties, and tight. */
export function randomProblem(random: () => number): ProblemDocument {
  const dice = new Dice(random);
  const places = ['A', 'B', 'C', 'D', 'E'].slice(0, dice.whole(2, 5));
  const services = Array.from({ length: dice.whole(3, 10) }, (_, index) => randomService(dice, `S${index}`, places));
  const demands = Array.from({ length: dice.whole(1, 7) }, (_, index) =>
    randomDemand(dice, `D${index}`, places, services),
  );
  const supplies = Array.from({ length: dice.whole(0, 4) }, (_, index) => randomSupply(dice, `L${index}`, places));
  return {
    format: 'portolan.problem/1',
    name: 'random',
    parameters: {
      ...dice.field('co2PricePerTonne', 0.6, () => dice.whole(0, 200)),
      ...dice.field('changePenaltyPerUnit', 0.6, () => dice.whole(0, 60)),
      maxLegs: dice.whole(1, 5),
    },
    locations: places.map((id) => randomLocation(dice, id)),
    services,
    supplies,
    demands,
    current: randomCurrent(dice, demands, services, supplies),
  };
}

const randomLocation = (dice: Dice, id: string): ProblemLocation => ({
  id,
  ...dice.field('handling', 0.7, () => ({
    load: dice.whole(0, 40),
    unload: dice.whole(0, 40),
    transfer: dice.whole(0, 60),
  })),
  ...dice.field('handlingTime', 0.7, () => ({
    load: dice.pick(['PT0S', 'PT1H', 'PT2H30M']),
    unload: dice.pick(['PT1H', 'PT3H']),
    transfer: dice.pick(['PT0S', 'PT1H', 'PT4H']),
  })),
  ...dice.field('storage', 0.6, () => ({
    costPerUnitDay: dice.whole(0, 40),
    ...dice.field('freeTime', 0.6, () => dice.pick(['PT12H', 'P1D', 'P2D'])),
  })),
  ...dice.field('spoilageFactor', 0.4, () => dice.pick([0, 0.5, 2, 3])),
  ...dice.field('closures', 0.4, () => [{ from: at(dice.whole(0, 60)), to: at(dice.whole(61, 110)) }]),
});

function randomService(dice: Dice, id: string, places: readonly string[]): ProblemService {
  const from = dice.pick(places);
  const elsewhere = (here: string) => dice.pick(places.filter((place) => place !== here));
  const extras = () => ({
    ...dice.field('cost', 0.9, () => dice.whole(0, 120)),
    ...dice.field('co2eKg', 0.6, () => dice.whole(0, 150)),
    ...dice.field('reeferPlugs', 0.3, () => dice.whole(0, 8)),
    ...dice.field('spoilageFactor', 0.3, () => dice.pick([0, 0.5, 2])),
  });
  if (dice.maybe(0.35)) {
    const capacity = dice.field('capacity', 0.5, () => dice.whole(0, 15));
    const onDemand = { from, to: elsewhere(from), duration: `PT${dice.whole(1, 9)}H`, ...capacity, ...extras() };
    return { id, mode: 'truck', onDemand };
  }
  let [here, hour] = [from, dice.whole(0, 48)];
  const legs = Array.from({ length: dice.whole(1, 4) }, (_, index) => {
    const to = elsewhere(here);
    const arrival = hour + dice.whole(1, 20);
    const times = { departs: at(hour), arrives: at(arrival) };
    const leg = { id: String(index + 1), from: here, to, ...times, capacity: dice.whole(0, 25), ...extras() };
    hour = arrival + (dice.maybe(0.2) ? -dice.whole(0, 6) : dice.whole(0, 8));
    here = dice.maybe(0.85) ? to : dice.pick(places);
    return leg;
  });
  return { id, mode: 'barge', legs };
}

function randomDemand(
  dice: Dice,
  id: string,
  places: readonly string[],
  services: readonly ProblemService[],
): ProblemDemand {
  const to = dice.pick(places);
  const scheduled = services.flatMap(({ id: service, legs = [] }) => legs.map((leg) => ({ service, leg: leg.id })));
  const kind = dice.whole(0, 3);
  const available = { available: at(dice.whole(0, 60)) };
  const start =
    kind === 0 && scheduled.length > 0
      ? { onBoard: dice.pick(scheduled) }
      : kind === 1
        ? { product: dice.pick(['p', 'q', 'none']), ...(dice.maybe(0.5) && available) }
        : { from: dice.pick(places.filter((place) => place !== to)), ...available };
  return {
    id,
    ...start,
    to,
    quantity: dice.whole(0, 25),
    ...dice.field('due', 0.7, () => at(dice.whole(10, 120))),
    ...dice.field('latest', 0.3, () => at(dice.whole(40, 150))),
    ...dice.field('latePerUnitHour', 0.7, () => dice.whole(0, 20)),
    ...dice.field('revenue', 0.4, () => dice.whole(0, 400)),
    ...dice.field('unservedPenalty', 0.85, () => dice.whole(0, 3000)),
    ...dice.field('spoilagePerUnitHour', 0.4, () => dice.whole(0, 8) / 2),
    ...dice.field('minShelfLife', 0.3, () => dice.pick(['P1D', 'PT6H', 'P2D'])),
    ...dice.field('reefer', 0.35, () => true),
  };
}

const randomSupply = (dice: Dice, id: string, places: readonly string[]): ProblemSupply => ({
  id,
  product: dice.pick(['p', 'q']),
  location: dice.pick(places),
  quantity: dice.whole(0, 30),
  available: at(dice.whole(0, 40)),
  ...dice.field('unitCost', 0.5, () => dice.whole(0, 30)),
  ...dice.field('expires', 0.5, () => at(dice.whole(40, 140))),
});

/** Some possible and some impossible itineraries in force: one or two steps that may fit. */
function randomCurrent(
  dice: Dice,
  demands: readonly ProblemDemand[],
  services: readonly ProblemService[],
  supplies: readonly ProblemSupply[],
): ProblemCurrent[] {
  const steps = services.flatMap(
    ({ id, legs }) => legs?.map((leg) => ({ service: id, leg: leg.id })) ?? [{ service: id }],
  );
  const entries = demands.flatMap(({ id, product }): ProblemCurrent[] => {
    if (!dice.maybe(0.6)) return [];
    const lots = supplies.filter((supply) => supply.product === product);
    const supply = lots.length > 0 ? { supply: dice.pick(lots).id } : {};
    const itinerary = Array.from({ length: dice.whole(0, 2) }, () => dice.pick(steps));
    return [{ demand: id, ...supply, itinerary, quantity: dice.whole(0, 12) }];
  });
  return entries;
}

/** A small static problem: rotations that share ports. */
export function randomStaticProblem(random: () => number): ProblemDocument {
  const dice = new Dice(random);
  const ports = ['A', 'B', 'C', 'D', 'E', 'F'].slice(0, dice.whole(3, 6));
  const rotation = () => {
    const calls = [dice.pick(ports)];
    for (let count = dice.whole(1, 4); count > 0; count--)
      calls.push(dice.pick(ports.filter((port) => port !== calls.at(-1))));
    return calls[0] === calls.at(-1) ? [...calls, ports.find((port) => port !== calls[0])!] : calls;
  };
  return {
    format: 'portolan.problem/1',
    name: 'random rotations',
    locations: ports.map((id) => ({
      id,
      handling: { load: dice.whole(0, 20), unload: dice.whole(0, 20), transfer: dice.whole(0, 30) },
    })),
    services: Array.from({ length: dice.whole(1, 4) }, (_, index) => ({
      id: `R${index}`,
      rotation: rotation(),
      capacity: dice.whole(0, 40),
    })),
    demands: Array.from({ length: dice.whole(1, 9) }, (_, index) => {
      const from = dice.pick(ports);
      return {
        id: `D${index}`,
        from,
        to: dice.pick(ports.filter((port) => port !== from)),
        quantity: dice.whole(0, 30),
        ...dice.field('revenue', 0.7, () => dice.whole(0, 600)),
        unservedPenalty: dice.whole(0, 1000),
      };
    }),
  };
}
