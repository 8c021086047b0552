import { type EventData, HOUR, type Millis, formatDuration, formatInstant } from '@portolan/domain';
import type { Site } from '../geography/site.js';
import { type Product, products } from '../goods/lots.js';
import type { SyntheticLot, SyntheticOrder } from '../goods/order.js';
import type { Hinterland } from '../hinterland.js';
import type { PlannedClosure } from '../network/closures.js';
import { START } from '../network/clock.js';
import { handlingTerms } from '../network/rates.js';
import type { Relation } from '../network/roads.js';
import type { Run } from '../network/run.js';
import { problemParameters } from '../problem.js';
import { containers } from './containers.js';
import { orderPlaced } from './orders.js';
import { type Telling, telling } from './telling.js';

/** Loaded the evening before. */
const LOADED: Millis = START - 6 * HOUR;

const parameters: EventData<'org.portolan.parameters.changed'> = {
  currency: 'EUR',
  unit: 'TEU',
  ...problemParameters,
  horizon: 'P21D',
  freezeWindow: 'PT2H',
  leadTime: 'PT1H',
  unservedPenalty: 5000,
  unknownAfter: 'P4D',
  minSaving: 20,
  repeatGrowth: 0.25,
  autoAccept: ['book'],
};

/** What is known at the start, in the order in which it can be understood; then the clock says that it is the start. */
export function* opening(hinterland: Hinterland): Iterable<Telling> {
  const { sites, closures, runs, relations, lots, orders, unitSize } = hinterland;
  yield telling('org.portolan.parameters.changed', master('parameters'), () => parameters);
  for (const site of sites) yield locationOf(site);
  for (const closure of closures) yield closedOf(closure, LOADED);
  for (const product of products) yield productOf(product);
  for (const run of runs) yield runOf(run);
  for (const relation of relations) yield relationOf(relation);
  for (const run of runs) yield* departureOf(run);
  for (const lot of lots) yield lotOf(lot);
  const runById = new Map(runs.map((run) => [run.id, run]));
  let number = 0;
  for (const order of orders) {
    yield orderPlaced(order, LOADED, unitSize, number);
    if (order.aboard) yield* loadingOf(order, runById.get(order.aboard.service)!, number++);
  }
  yield tick(START);
}

export const tick = (at: Millis): Telling =>
  telling('org.portolan.clock.ticked', { id: formatInstant(at), source: '/clock', at }, () => ({
    now: formatInstant(at),
  }));

const master = (subject: string) => ({ id: `${subject}@1`, source: '/masterdata', subject, at: LOADED });

const locationOf = ({ id, name, unlocode, kind, position }: Site): Telling =>
  telling('org.portolan.location.changed', master(id), () => ({
    id,
    name,
    ...(unlocode !== undefined && { unlocode }),
    kind,
    position,
    ...handlingTerms[kind],
  }));

export const closedOf = ({ id, location, from, to, reason }: PlannedClosure, at: Millis): Telling =>
  telling('org.portolan.location.closed', { id, source: '/terminals', subject: location, at }, () => ({
    closure: id,
    location,
    from: formatInstant(from),
    to: formatInstant(to),
    reason,
  }));

const productOf = ({ id, name, valuePerUnit, shelfLifeDays, setPoint, q10, spoilagePerUnitHour }: Product): Telling =>
  telling('org.portolan.product.described', master(id), () => ({
    id,
    name,
    valuePerUnit,
    shelfLife: `P${shelfLifeDays}D`,
    setPoint,
    q10,
    reefer: true,
    spoilagePerUnitHour,
  }));

const runOf = ({ id, line, calls, legs, capacity, reeferPlugs }: Run): Telling =>
  telling('org.portolan.service.scheduled', { ...master(id), source: '/schedules' }, () => ({
    id,
    mode: line.mode,
    operator: line.operator,
    calls: calls.map(({ location, arrives, departs }) => ({
      location,
      ...(arrives !== undefined && { arrives: formatInstant(arrives) }),
      ...(departs !== undefined && { departs: formatInstant(departs) }),
    })),
    legs: legs.map(({ cost, co2eKg }) => ({ capacity, cost, co2eKg, reeferPlugs })),
  }));

const relationOf = ({ id, from, to, duration, cost, co2eKg }: Relation): Telling =>
  telling('org.portolan.service.scheduled', { ...master(id), source: '/schedules' }, () => ({
    id,
    mode: 'truck',
    onDemand: { from, to, duration: formatDuration(duration), cost, co2eKg },
  }));

/** The last call that a run under way has left. */
function departureOf({ id, calls }: Run): Telling[] {
  const call = calls.findLastIndex(({ departs }) => departs !== undefined && departs < START);
  if (call < 0) return [];
  const { location, departs } = calls[call]!;
  const circumstances = { id: `${id}/${call + 1}/departure`, source: '/operators', subject: id, at: LOADED };
  return [
    telling('org.portolan.transport.called', { ...circumstances, time: departs! }, () => ({
      transport: { service: id, callSequence: call + 1 },
      call: 'departure',
      classifier: 'actual',
      at: formatInstant(departs!),
      place: { location },
    })),
  ];
}

const lotOf = ({ id, product, location, quantity, available, expires, unitCost }: SyntheticLot): Telling =>
  telling('org.portolan.lot.registered', { id: `${id}@1`, source: '/growers', subject: id, at: LOADED }, () => ({
    id,
    product,
    location,
    quantity,
    available: formatInstant(available),
    expires: formatInstant(expires),
    unitCost,
  }));

/** Each container of goods on board was loaded an hour before the leg left. */
function loadingOf({ id, quantity, aboard }: SyntheticOrder, run: Run, number: number): Telling[] {
  const { location, departs } = run.calls[Number(aboard!.leg) - 1]!;
  const loaded = departs! - HOUR;
  return containers(number, quantity).map((equipment) =>
    telling(
      'org.portolan.equipment.moved',
      { id: `${id}/${equipment}/loaded`, source: '/terminals', subject: equipment, at: LOADED, time: loaded },
      () => ({
        equipment,
        move: 'loaded',
        classifier: 'actual',
        at: formatInstant(loaded),
        place: { location },
        transport: { service: run.id },
      }),
    ),
  );
}
