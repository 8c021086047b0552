import { co2eKg } from './factors.mjs';
import { gateways, inlandTerminals, kilometres, placeOf, roadKilometres, seaTerminals } from './places.mjs';
import { iso8601, quarter } from './time.mjs';

/** Per TEU, the container's other half and the way back included: an hour at each end, the road, and the wait for a slot at a quay. */
const rate = (km, quays) => Math.round(56 + 1.25 * km + 42 * quays);
const HOURS_AT_ENDS = 1.5;
const KILOMETRES_AN_HOUR = 58;
/** A driver rests 11 hours after 9 at the wheel. */
const RESTS_AFTER = 9;

const isQuay = (id) => placeOf(id).kind === 'sea-terminal';

/** Relations that hauliers offer: between customers and their terminals, and straight to and from the seaports. */
export function truckRelations(orders, lots) {
  const pairs = new Map();
  const add = (from, to, capacity) => {
    const key = `${from}>${to}`;
    if (from !== to && !pairs.has(key)) pairs.set(key, relation(from, to, capacity));
  };
  lastMiles(add);
  for (const { from, to } of demandsOf(orders, lots)) direct(from, to, add);
  betweenQuays(add);
  betweenTerminals(add);
  return [...pairs.values()].sort((a, b) => (a.service < b.service ? -1 : 1));
}

function lastMiles(add) {
  for (const [customer, terminals] of Object.entries(gateways))
    for (const terminal of terminals) {
      add(terminal, customer);
      add(customer, terminal);
    }
}

/** Where an order or a lot could go: its customer at one end, a quay at the other. */
function demandsOf(orders, lots) {
  return orders.flatMap((order) => {
    if (order.product)
      return lots.filter((lot) => lot.product === order.product).map((lot) => ({ from: lot.location, to: order.to }));
    const from = order.vesselTo ?? order.from;
    return [{ from, to: order.to }];
  });
}

function direct(from, to, add) {
  const km = roadKilometres(from, to);
  if (km > 640) return;
  add(from, to, km < 130 || from.endsWith('BNFW') ? 24 : 12);
}

/** From quay to quay inside one port, and between the ports where a vessel is missed. */
function betweenQuays(add) {
  const quays = seaTerminals.map((each) => each.id);
  for (const from of quays) for (const to of quays) if (kilometres(from, to) < 16) add(from, to, 16);
  const deurne = inlandTerminals.find((each) => each.id === 'BEDEG-IWT').id;
  for (const quay of quays.filter(isQuay))
    if (kilometres(quay, deurne) < 30) {
      add(quay, deurne, 12);
      add(deurne, quay, 12);
    }
}

const alongTheRhine = ['DEDUI-D3T', 'DECGN-CTS', 'DEMHG-MCT', 'CHBSL-CTB'];

/** From one inland terminal to the next, for goods that are stranded on the way. */
function betweenTerminals(add) {
  const terminals = inlandTerminals.map((each) => each.id);
  for (const from of terminals)
    for (const to of terminals) {
      const onTheRhine = alongTheRhine.includes(from) && alongTheRhine.includes(to);
      if (from !== to && (onTheRhine || kilometres(from, to) < 85)) add(from, to, 12);
    }
}

function relation(from, to, capacity) {
  const km = roadKilometres(from, to);
  const driving = km / KILOMETRES_AN_HOUR;
  const rests = Math.floor(driving / RESTS_AFTER) * 11;
  return {
    service: `TRUCK-${from}-${to}`,
    mode: 'truck',
    from,
    to,
    duration: iso8601(quarter(HOURS_AT_ENDS + driving + rests)),
    cost: rate(km, [from, to].filter(isQuay).length),
    co2eKg: co2eKg('truck', km),
    capacity,
  };
}
