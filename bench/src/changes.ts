import type { PlanChange, ProblemDocument } from '@portolan/domain';
import { between, pick, seeded } from './random.js';

const later = (instant: string, hours: number): string =>
  new Date(Date.parse(instant) + hours * 3_600_000).toISOString();

/** An endless stream of changes as a control tower sees them, the same for the same seed; each of the problem as it is by then. */
export function* changesOf(
  document: ProblemDocument,
  seed: number,
): Generator<{ kind: string; changes: PlanChange[] }> {
  const makers = document.services.some(({ rotation }) => rotation) ? rotating : timed;
  const scene = new Scene(document, seed);
  for (;;) {
    const kind = pick(scene.random, Object.keys(makers));
    const changes = makers[kind]!(scene);
    if (changes) yield { kind, changes };
  }
}

type Maker = (scene: Scene) => PlanChange[] | undefined;

/** The problem as the changes made so far have left it. */
class Scene {
  readonly random: () => number;
  readonly demands: Map<string, ProblemDocument['demands'][number]>;
  readonly services: Map<string, ProblemDocument['services'][number]>;
  readonly locations: Map<string, ProblemDocument['locations'][number]>;
  readonly supplies: Map<string, NonNullable<ProblemDocument['supplies']>[number]>;
  private readonly first: ProblemDocument;
  private count = 0;

  constructor(document: ProblemDocument, seed: number) {
    this.random = seeded(seed);
    this.first = document;
    const byId = <T extends { id: string }>(list: readonly T[] = []) => new Map(list.map((each) => [each.id, each]));
    this.demands = byId(document.demands);
    this.services = byId(document.services);
    this.locations = byId(document.locations);
    this.supplies = byId(document.supplies);
  }

  demand() {
    return this.demands.get(pick(this.random, this.first.demands).id);
  }

  service(wanted: (service: ProblemDocument['services'][number]) => unknown) {
    const { id } = pick(this.random, this.first.services);
    const service = this.services.get(id);
    return service && wanted(service) ? service : undefined;
  }

  /** As it was at first, one that is gone or another one now. */
  changedService() {
    const changed = this.first.services.filter((service) => this.services.get(service.id) !== service);
    return changed.length > 0 ? pick(this.random, changed) : undefined;
  }

  get location() {
    return this.locations.get(pick(this.random, this.first.locations).id)!;
  }

  get supply() {
    const { supplies = [] } = this.first;
    return supplies.length > 0 ? this.supplies.get(pick(this.random, supplies).id) : undefined;
  }

  newId(): string {
    return `NEW-${this.count++}`;
  }

  put(change: PlanChange): PlanChange[] {
    if (change.change === 'demand') this.demands.set(change.demand.id, change.demand);
    if (change.change === 'demand-removed') this.demands.delete(change.id);
    if (change.change === 'service') this.services.set(change.service.id, change.service);
    if (change.change === 'service-removed') this.services.delete(change.id);
    if (change.change === 'location') this.locations.set(change.location.id, change.location);
    if (change.change === 'supply') this.supplies.set(change.supply.id, change.supply);
    return [change];
  }
}

const otherQuantity: Maker = (scene) => {
  const demand = scene.demand();
  return demand && scene.put({ change: 'demand', demand: { ...demand, quantity: between(scene.random, 1, 8) } });
};

const newDemand: Maker = (scene) => {
  const demand = scene.demand();
  return demand && scene.put({ change: 'demand', demand: { ...demand, id: scene.newId() } });
};

const cancelled: Maker = (scene) => {
  const demand = scene.demand();
  return demand && scene.put({ change: 'demand-removed', id: demand.id });
};

const readyAtAnotherTime: Maker = (scene) => {
  const demand = scene.demand();
  if (!demand?.available) return undefined;
  const available = later(demand.available, between(scene.random, -6, 18));
  return scene.put({ change: 'demand', demand: { ...demand, available } });
};

const delayed: Maker = (scene) => {
  const service = scene.service(({ legs }) => legs && legs.length > 0);
  if (!service?.legs) return undefined;
  const hours = between(scene.random, 1, 18);
  const since = between(scene.random, 0, service.legs.length - 1);
  const legs = service.legs.map((leg, at) =>
    at < since ? leg : { ...leg, departs: later(leg.departs, hours), arrives: later(leg.arrives, hours) },
  );
  return scene.put({ change: 'service', service: { ...service, legs } });
};

const otherRoom: Maker = (scene) => {
  const service = scene.service(({ legs }) => legs && legs.length > 0);
  if (!service?.legs) return undefined;
  const share = pick(scene.random, [0.5, 0.75, 1.5]);
  const legs = service.legs.map((leg) =>
    leg.capacity === undefined ? leg : { ...leg, capacity: Math.floor(leg.capacity * share) },
  );
  return scene.put({ change: 'service', service: { ...service, legs } });
};

const withdrawn: Maker = (scene) => {
  const service = scene.service(({ legs, rotation }) => legs ?? rotation);
  const carries = [...scene.demands.values()].some(({ onBoard }) => onBoard?.service === service?.id);
  return service && !carries ? scene.put({ change: 'service-removed', id: service.id }) : undefined;
};

const restored: Maker = (scene) => {
  const first = scene.changedService();
  return first && scene.put({ change: 'service', service: first });
};

const closed: Maker = (scene) => {
  const location = scene.location;
  const since = [...scene.demands.values()].find(({ available }) => available)?.available;
  if (!since) return undefined;
  const from = later(since, between(scene.random, 0, 300));
  const closures = scene.random() < 0.5 ? [] : [{ from, to: later(from, between(scene.random, 8, 24)) }];
  return scene.put({ change: 'location', location: { ...location, closures } });
};

const otherLot: Maker = (scene) => {
  const { supply, random } = scene;
  if (!supply) return undefined;
  const quantity = Math.max(1, Math.round(supply.quantity * (0.5 + random())));
  return scene.put({ change: 'supply', supply: { ...supply, quantity } });
};

const otherRate: Maker = (scene) => {
  const service = scene.service(({ onDemand }) => onDemand);
  if (!service?.onDemand) return undefined;
  const cost = Math.round((service.onDemand.cost ?? 0) * (0.7 + 0.6 * scene.random()));
  return scene.put({ change: 'service', service: { ...service, onDemand: { ...service.onDemand, cost } } });
};

const halved: Maker = (scene) => {
  const service = scene.service(({ rotation }) => rotation);
  return service && scene.put({ change: 'service', service: { ...service, capacity: service.capacity! / 2 } });
};

const timed: Readonly<Record<string, Maker>> = {
  'another quantity': otherQuantity,
  'a new shipment': newDemand,
  'another new shipment': newDemand,
  'a cancelled shipment': cancelled,
  'ready at another time': readyAtAnotherTime,
  'a delay': delayed,
  'another delay': delayed,
  'more or less room': otherRoom,
  'a run withdrawn': withdrawn,
  'a run as it was': restored,
  'a place closed or open': closed,
  'another lot': otherLot,
  'another truck rate': otherRate,
};

const rotating: Readonly<Record<string, Maker>> = {
  'another quantity': otherQuantity,
  'a new shipment': newDemand,
  'a service halved': halved,
  'a service as it was': restored,
  'a service gone': withdrawn,
};
