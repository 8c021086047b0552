import type { PlanChange, ProblemDocument } from '@portolan/domain';

const pick = <T>(random: () => number, list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
const whole = (random: () => number, most: number): number => Math.floor(random() * (most + 1));
const later = (instant: string, hours: number): string =>
  new Date(Date.parse(instant) + hours * 3_600_000).toISOString();

type Maker = (random: () => number, document: ProblemDocument) => PlanChange[];

/** Another quantity, readiness or deadline for a demand. */
const otherDemand: Maker = (random, { demands }) => {
  const demand = pick(random, demands);
  if (!demand) return [];
  const changed = { ...demand, quantity: whole(random, 12) };
  if (random() < 0.3 && demand.available !== undefined)
    changed.available = later(demand.available, whole(random, 6) - 3);
  if (random() < 0.2) changed.latePerUnitHour = whole(random, 5);
  if (random() < 0.2) changed.unservedPenalty = pick(random, [0, 50, 500, 5000])!;
  return [{ change: 'demand', demand: changed }];
};

const newDemand: Maker = (random, { demands }) => {
  const demand = pick(random, demands);
  if (!demand) return [];
  return [{ change: 'demand', demand: { ...demand, id: `N${whole(random, 5)}`, quantity: whole(random, 9) } }];
};

const demandGone: Maker = (random, { demands }) => {
  const demand = pick(random, demands);
  return demand ? [{ change: 'demand-removed', id: demand.id }] : [];
};

const otherLeg: Maker = (random, { services }) => {
  const service = pick(random, services);
  if (!service || service.rotation) return [];
  const capacity = pick(random, [0, 1, 3, 6, 10, 20])!;
  const cost = whole(random, 60);
  if (service.onDemand) return [{ change: 'leg', service: service.id, ...(random() < 0.5 ? { capacity } : { cost }) }];
  const leg = pick(random, service.legs ?? []);
  if (!leg) return [];
  const base = { change: 'leg', service: service.id, leg: leg.id } as const;
  const kind = random();
  if (kind < 0.4) return [{ ...base, capacity }];
  if (kind < 0.5) return [{ ...base, cost }];
  if (kind < 0.6) return [{ ...base, reeferPlugs: whole(random, 5) }];
  const hours = whole(random, 10) - 3;
  return [{ ...base, departs: later(leg.departs, hours), arrives: later(leg.arrives, hours) }];
};

const cancelledLeg: Maker = (random, { services }) => {
  const service = pick(
    random,
    services.filter(({ legs = [] }) => legs.length > 0),
  );
  if (!service) return [];
  const gone = whole(random, service.legs!.length - 1);
  return [{ change: 'service', service: { ...service, legs: service.legs!.filter((_, at) => at !== gone) } }];
};

const newService: Maker = (random, { services }) => {
  const service = pick(random, services);
  return service ? [{ change: 'service', service: { ...service, id: `S${whole(random, 3)}` } }] : [];
};

const serviceGone: Maker = (random, { services }) => {
  const service = pick(random, services);
  return service && services.length > 1 ? [{ change: 'service-removed', id: service.id }] : [];
};

const otherPlace: Maker = (random, { locations, demands }) => {
  const location = pick(random, locations);
  if (!location) return [];
  const since = demands.find(({ available }) => available !== undefined)?.available ?? '2026-03-02T00:00:00Z';
  const from = later(since, whole(random, 30));
  const closures = random() < 0.5 ? [] : [{ from, to: later(from, 1 + whole(random, 12)) }];
  const handling = { load: whole(random, 5), unload: whole(random, 5), transfer: whole(random, 8) };
  return [{ change: 'location', location: { ...location, ...(random() < 0.5 ? { closures } : { handling }) } }];
};

const otherSupply: Maker = (random, { supplies = [] }) => {
  const supply = pick(random, supplies);
  if (!supply) return [];
  if (random() < 0.2) return [{ change: 'supply-removed', id: supply.id }];
  const id = random() < 0.3 ? `L${whole(random, 3)}x` : supply.id;
  return [{ change: 'supply', supply: { ...supply, id, quantity: whole(random, 12), unitCost: whole(random, 9) } }];
};

const otherParameters: Maker = (random) => [
  {
    change: 'parameters',
    parameters: pick(random, [
      { co2PricePerTonne: whole(random, 200) },
      { changePenaltyPerUnit: whole(random, 6) },
      { maxLegs: 1 + whole(random, 4) },
    ])!,
  },
];

/** Something else is in force: what some other entry says. */
const otherCurrent: Maker = (random, { demands, current = [] }) => {
  const demand = pick(random, demands);
  if (!demand) return [];
  if (random() < 0.3) return [{ change: 'current', demand: demand.id, current: [] }];
  const entry = pick(random, current);
  if (!entry) return [];
  const { demand: _, ...kept } = entry;
  return [{ change: 'current', demand: demand.id, current: [{ ...kept, quantity: whole(random, 8) }] }];
};

const timed: readonly Maker[] = [
  otherDemand,
  otherDemand,
  newDemand,
  demandGone,
  otherLeg,
  otherLeg,
  otherLeg,
  cancelledLeg,
  newService,
  serviceGone,
  otherPlace,
  otherSupply,
  otherParameters,
  otherCurrent,
];

const otherRotation: Maker = (random, { services }) => {
  const service = pick(random, services)!;
  if (random() < 0.2 && services.length > 1) return [{ change: 'service-removed', id: service.id }];
  const id = random() < 0.2 ? `R${whole(random, 2)}` : service.id;
  return [{ change: 'service', service: { ...service, id, capacity: whole(random, 30) } }];
};

const otherHandling: Maker = (random, { locations }) => {
  const location = pick(random, locations)!;
  const handling = { load: whole(random, 5), unload: whole(random, 5), transfer: whole(random, 8) };
  return [{ change: 'location', location: { ...location, handling } }];
};

/** A few random changes of a problem, of every kind; now and then some that are not valid. */
export function randomChanges(random: () => number, document: ProblemDocument): PlanChange[] {
  const isStatic = document.services.some(({ rotation }) => rotation !== undefined);
  const makers = isStatic ? [otherDemand, newDemand, demandGone, otherRotation, otherHandling] : timed;
  const count = random() < 0.7 ? 1 : 1 + whole(random, 3);
  return Array.from({ length: count }, () => pick(random, makers)!(random, document)).flat();
}

/** Time passes: goods and lots that wait are ready now, and no earlier. */
export function timePasses(random: () => number, { demands, supplies = [] }: ProblemDocument): PlanChange[] {
  const since = [...demands, ...supplies].flatMap(({ available }) => available ?? []).sort()[0];
  if (since === undefined) return [];
  const now = later(since, whole(random, 12) / 2);
  const waits = ({ available = now }: { available?: string | undefined }) => Date.parse(available) < Date.parse(now);
  return [
    ...demands.flatMap((demand) =>
      waits(demand) ? [{ change: 'demand' as const, demand: { ...demand, available: now } }] : [],
    ),
    ...supplies.flatMap((supply) =>
      waits(supply) ? [{ change: 'supply' as const, supply: { ...supply, available: now } }] : [],
    ),
  ];
}
