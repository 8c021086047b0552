import type { PlanChange, ProblemDocument } from '@portolan/domain';
import { between, pick } from './random.js';
import { Scene, type Service } from './scene.js';

/** A change of one kind, or nothing where this kind cannot be at present. */
type Maker = (scene: Scene) => PlanChange[] | undefined;

/**
 * An endless stream of changes as a control tower sees them, the same for the same seed. Each changes something, is valid for the problem as
 * those before it have left it, and the problem stays near the one it was at first.
 */
export function* changesOf(
  document: ProblemDocument,
  seed: number,
): Generator<{ kind: string; changes: PlanChange[] }, never> {
  const makers = document.services.some(({ rotation }) => rotation) ? rotating : timed;
  const scene = new Scene(document, seed);
  for (;;) {
    const kind = pick(scene.random, Object.keys(makers));
    const changes = makers[kind]!(scene);
    if (changes) yield { kind, changes };
  }
}

const later = (instant: string, hours: number): string =>
  new Date(Date.parse(instant) + hours * 3_600_000).toISOString();

const newDemand: Maker = (scene) => {
  const demand = scene.mayGrow ? scene.demand() : undefined;
  return demand && scene.addDemand(demand.first);
};

const cancelled: Maker = (scene) => {
  const demand = scene.mayShrink ? scene.demand() : undefined;
  return demand && scene.removeDemand(demand.now);
};

/** A fifth more, at least one; or as at first, where it is more. */
const anotherQuantity: Maker = (scene) => {
  const demand = scene.demand();
  if (!demand) return undefined;
  const { now, first } = demand;
  const more = Math.max(first.quantity + 1, Math.round(1.2 * first.quantity));
  return scene.putDemand({ ...now, quantity: now.quantity === first.quantity ? more : first.quantity });
};

const readyAtAnotherTime: Maker = (scene) => {
  const demand = scene.demand();
  if (!demand?.first.available) return undefined;
  const available = later(demand.first.available, between(scene.random, -6, 18));
  if (Date.parse(available) === Date.parse(demand.now.available!)) return undefined;
  return scene.putDemand({ ...demand.now, available });
};

/** From some leg on, all of a run's legs are late. */
const delayed: Maker = (scene) => {
  const service = scene.services.unchanged(isScheduled);
  if (!service?.legs) return undefined;
  const hours = between(scene.random, 1, 18);
  const since = between(scene.random, 0, service.legs.length - 1);
  const legs = service.legs.map((leg, at) =>
    at < since ? leg : { ...leg, departs: later(leg.departs, hours), arrives: later(leg.arrives, hours) },
  );
  return putService(scene, service, { legs });
};

const isScheduled = ({ legs = [] }: Service): boolean => legs.length > 0;

function putService({ services }: Scene, first: Service, other: Partial<Service>): PlanChange[] {
  services.change(first);
  return [{ change: 'service', service: { ...first, ...other } }];
}

const halfTheRoom: Maker = (scene) => {
  const service = scene.services.unchanged(({ legs = [] }) => legs.some(({ capacity }) => capacity > 0));
  return (
    service?.legs &&
    putService(scene, service, {
      legs: service.legs.map((leg) => ({ ...leg, capacity: Math.floor(leg.capacity / 2) })),
    })
  );
};

const halfTheRotation: Maker = (scene) => {
  const service = scene.services.unchanged(({ capacity }) => (capacity ?? 0) > 0);
  return service && putService(scene, service, { capacity: service.capacity! / 2 });
};

const withdrawn: Maker = (scene) => {
  const service = scene.services.unchanged(({ id, onDemand }) => !onDemand && !scene.carrying.has(id));
  if (!service) return undefined;
  scene.services.change(service);
  return [{ change: 'service-removed', id: service.id }];
};

const otherRate: Maker = (scene) => {
  const service = scene.services.unchanged(({ onDemand }) => (onDemand?.cost ?? 0) > 0);
  if (!service?.onDemand) return undefined;
  const cost = service.onDemand.cost! * pick(scene.random, [0.7, 0.85, 1.15, 1.3]);
  return putService(scene, service, { onDemand: { ...service.onDemand, cost } });
};

const serviceRestored: Maker = ({ services }) => {
  const service = services.restored();
  return service && [{ change: 'service', service }];
};

const closed: Maker = ({ locations, since, random }) => {
  const location = since === undefined ? undefined : locations.unchanged(() => true);
  if (!location) return undefined;
  locations.change(location);
  const from = later(since!, between(random, 0, 300));
  const closure = { from, to: later(from, between(random, 8, 24)) };
  return [{ change: 'location', location: { ...location, closures: [...(location.closures ?? []), closure] } }];
};

const reopened: Maker = ({ locations }) => {
  const location = locations.restored();
  return location && [{ change: 'location', location }];
};

const otherLot: Maker = ({ supplies, random }) => {
  const supply = supplies.unchanged(({ quantity }) => quantity > 0);
  if (!supply) return undefined;
  supplies.change(supply);
  return [{ change: 'supply', supply: { ...supply, quantity: supply.quantity * pick(random, [0.5, 0.75, 1.5]) } }];
};

const lotRestored: Maker = ({ supplies }) => {
  const supply = supplies.restored();
  return supply && [{ change: 'supply', supply }];
};

const timed: Readonly<Record<string, Maker>> = {
  'a new shipment': newDemand,
  'a cancelled shipment': cancelled,
  'another quantity': anotherQuantity,
  'ready at another time': readyAtAnotherTime,
  'a delay': delayed,
  'half the room': halfTheRoom,
  'a run withdrawn': withdrawn,
  'another truck rate': otherRate,
  'a service as it was': serviceRestored,
  'a place closed': closed,
  'a place open again': reopened,
  'another lot': otherLot,
  'a lot as it was': lotRestored,
};

const rotating: Readonly<Record<string, Maker>> = {
  'a new demand': newDemand,
  'a cancelled demand': cancelled,
  'a fifth more': anotherQuantity,
  'half the room': halfTheRotation,
  'a service gone': withdrawn,
  'a service as it was': serviceRestored,
};
