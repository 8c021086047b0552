// What terminals tell of containers: only what is true of any plan. Where they go from there is the planner's business.
import { equipmentEvent } from './dcsa.mjs';
import { vesselArrivals, vesselLate } from './movements.mjs';
import { placeOf } from './places.mjs';
import { stream } from './random.mjs';
import { startsAtTerminal } from './goods.mjs';
import { END } from './time.mjs';

/** Containers loaded, discharged and gated in, told in batches of what happened at one place within the hour. */
export function containerMessages(orders, vessels, slips) {
  const events = orders.filter((order) => order.equipment).flatMap((order) => moves(order, vessels, slips));
  return batches(events.filter(({ at, known }) => at > Math.max(0.2, known + 0.2) && at < END - 1));
}

function moves(order, vessels, slips) {
  const random = stream(`boxes ${order.id}`);
  const vessel = vessels.find((each) => each.id === order.vessel);
  if (vessel) return order.equipment.flatMap((container) => onVessel(order, container, vessel, slips, random));
  if (order.flow === 'import' && placeOf(order.from).kind === 'sea-terminal')
    return order.equipment.map((container) =>
      move(order, container, 'DISC', order.available - random.between(0, 2.5), order.from),
    );
  if (startsAtTerminal(order))
    return order.equipment.map((container) =>
      move(order, container, 'GTIN', order.available - random.between(0.2, 7), order.from),
    );
  return [];
}

const move = (order, container, type, at, location, on) => ({
  order,
  container,
  type,
  at,
  location,
  on,
  known: order.known,
});

function onVessel(order, container, vessel, slips, random) {
  const [before, ...terminals] = vessel.calls;
  const loaded = move(order, container, 'LOAD', before.departs - random.between(0.5, 3.5), before.location, {
    run: vessel,
    index: 0,
  });
  if (terminals.length > 1) return [loaded];
  const berthed = vesselArrivals(vessel, vesselLate(vessel, slips))[1];
  const on = { run: vessel, index: 1 };
  return [loaded, move(order, container, 'DISC', berthed + random.between(0.8, 4.5), terminals[0].location, on)];
}

function batches(events) {
  const groups = new Map();
  for (const event of events) {
    const told = Math.ceil(event.at) + 0.1 + (event.location.length % 7) / 60;
    const key = `${event.location} ${event.type} ${told}`;
    groups.set(key, [...(groups.get(key) ?? []), { ...event, told }]);
  }
  return [...groups.values()].map((group) => ({
    at: group[0].told,
    format: 'dcsa-tnt-3',
    body: { events: group.map(eventOf) },
  }));
}

const eventOf = ({ order, container, type, at, told, location, on }) =>
  equipmentEvent(order, container, {
    type,
    at,
    updated: told,
    location,
    on,
    operator: on?.run.operator ?? placeOf(location).name,
  });
