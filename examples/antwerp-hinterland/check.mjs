// Is the data whole? `node examples/antwerp-hinterland/check.mjs` prints what is wrong and ends with 1, or says what there is.
import { readFileSync } from 'node:fs';
import { isContainerNumber, isImoNumber } from './source/identifiers.mjs';

const read = (name) => readFileSync(new URL(`data/${name}`, import.meta.url), 'utf8');
const scenario = JSON.parse(read('scenario.json'));
const jsonLines = (name) =>
  read(name)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

const faults = [];
const expect = (holds, message) => holds || faults.push(message);

/** RFC 4180 rows by header; empty cells are left out. */
function table(text) {
  const [header, ...rows] = text.trimEnd().split('\n').map(cells);
  return rows.map((row) =>
    Object.fromEntries(header.flatMap((name, index) => (row[index] ? [[name, row[index]]] : []))),
  );
}

function cells(line) {
  const pattern = /(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g;
  return [...line.matchAll(pattern)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain);
}

function unique(values, what) {
  const seen = new Set();
  for (const value of values) {
    expect(!seen.has(value), `${what} ${value} twice`);
    seen.add(value);
  }
  return seen;
}

const network = jsonLines('network.jsonl');
const ofType = (events, type) =>
  events.filter((event) => event.type === `org.portolan.${type}`).map((event) => event.data);
const services = table(read('services.csv'));
const trucks = table(read('trucks.csv'));
const lots = table(read('lots.csv'));
const book = table(read('orders.csv'));
const log = jsonLines(scenario.log);
const bodies = log.filter((each) => each.format === 'cloudevents').map((each) => each.body);
const tablesOfLog = log
  .filter((each) => each.format === 'csv-orders')
  .map((each) => ({ at: each.at, rows: table(each.body) }));
const dcsa = log
  .filter((each) => each.format === 'dcsa-tnt-3')
  .flatMap(({ at, body }) => (body.events ?? [body]).map((event) => ({ at, event })));

const locations = unique(
  ofType(network, 'location.changed').map((data) => data.id),
  'location',
);
const products = unique(
  ofType(network, 'product.described').map((data) => data.id),
  'product',
);
const lotIds = unique(
  lots.map((lot) => lot.id),
  'lot',
);
unique(
  book.map((order) => order.id),
  'order',
);
const calls = unique(
  services.map((call) => call.call),
  'call',
);
const runs = Map.groupBy ? Map.groupBy(services, (call) => call.service) : groups(services);
const trucked = unique(
  trucks.map((truck) => truck.service),
  'truck relation',
);

function groups(rows) {
  const map = new Map();
  for (const row of rows) map.set(row.service, [...(map.get(row.service) ?? []), row]);
  return map;
}

const known = (id, set, where) => expect(set.has(id), `${where}: no (${id})`);
const inOrder = (moments, where) =>
  moments.reduce((before, moment) => {
    expect(Date.parse(before) <= Date.parse(moment), `${where}: ${moment} is before ${before}`);
    return moment;
  });

for (const [id, rows] of runs) {
  rows.forEach((row) => known(row.location, locations, id));
  inOrder(
    rows.flatMap((row) => [row.arrives, row.departs].filter(Boolean)),
    id,
  );
  expect(rows.length > 1, `${id} has one call`);
  expect(
    rows.slice(0, -1).every((row) => row.departs && row.capacity > 0 && row.cost >= 0),
    `${id}: a leg lacks its terms`,
  );
  for (const [index, row] of rows.slice(1).entries()) {
    expect(row.location !== rows[index].location, `${id}: a call repeats`);
    expect(row.arrives > rows[index].departs, `${id}: arrives at ${row.location} when it leaves the call before`);
  }
  expect(rows[0].mode === 'rail' || isImoNumber(rows[0].imo), `${id}: IMO number ${rows[0].imo}`);
}

const voyages = [...runs.values()].filter(([first]) => first.imo);
for (const [imo, mine] of Object.entries(
  Object.groupBy ? Object.groupBy(voyages, ([first]) => first.imo) : byImo(voyages),
)) {
  const spans = mine.map((rows) => [rows[0].arrives, rows.at(-1).arrives]).sort();
  inOrder(spans.flat(), `vessel ${imo}`);
}

function byImo(all) {
  const found = {};
  for (const rows of all) (found[rows[0].imo] ??= []).push(rows);
  return found;
}

for (const truck of trucks) {
  known(truck.from, locations, truck.service);
  known(truck.to, locations, truck.service);
  expect(/^PT(\d+H)?(\d+M)?$/.test(truck.duration) && truck.duration !== 'PT0M', `${truck.service}: ${truck.duration}`);
}

for (const lot of lots) {
  known(lot.location, locations, lot.id);
  known(lot.product, products, lot.id);
  inOrder([lot.produced, lot.available, lot.expires], lot.id);
}

const containers = new Map();
function checkOrder(order, where) {
  expect(Boolean(order.from) !== Boolean(order.product), `${where} has from and product, or neither`);
  known(order.to, locations, where);
  if (order.from) known(order.from, locations, where);
  if (order.product) known(order.product, products, where);
  inOrder([order.available, order.due, order.latest], where);
  expect(order.quantity % order.unitSize === 0, `${where}: ${order.quantity} is no multiple of ${order.unitSize}`);
  const numbers = order.equipment?.split(';') ?? [];
  expect(
    numbers.length === 0 || numbers.length === order.quantity / order.unitSize,
    `${where}: ${numbers.length} containers`,
  );
  for (const number of numbers) {
    expect(isContainerNumber(number), `${where}: container ${number}`);
    expect(
      (containers.get(number) ?? order.id) === order.id,
      `container ${number} in ${order.id} and ${containers.get(number)}`,
    );
    containers.set(number, order.id);
  }
}
for (const order of book) checkOrder(order, order.id);
for (const { at, rows } of tablesOfLog) rows.forEach((order) => checkOrder(order, `${order.id} of ${at}`));
for (const lot of lots)
  for (const number of lot.equipment?.split(';') ?? []) {
    expect(isContainerNumber(number) && !containers.has(number), `${lot.id}: container ${number}`);
    containers.set(number, lot.id);
  }
const orders = new Set([...book, ...tablesOfLog.flatMap(({ rows }) => rows)].map((order) => order.id));

inOrder([scenario.start, ...log.map((each) => each.at), scenario.end], 'log');
unique(
  bodies.map((event) => event.id),
  'event',
);
for (const { at, event } of dcsa) {
  const call = event.transportDetails?.transportCall;
  if (call) known(call.transportCallReference, calls, event.eventID);
  if (call?.vesselTransport) expect(isImoNumber(call.vesselTransport.vesselIMONumber), `${event.eventID}: IMO number`);
  if (event.equipmentDetails) known(event.equipmentDetails.equipmentReference, containers, event.eventID);
  const estimate = event.eventClassification.eventClassifierCode === 'EST';
  expect(
    estimate || Date.parse(event.eventDateTime) <= Date.parse(at),
    `${event.eventID} tells at ${at} of ${event.eventDateTime}`,
  );
  expect(
    Date.parse(event.eventUpdatedDateTime) <= Date.parse(at) + 60_000 || event.isRetracted,
    `${event.eventID} is from later than ${at}`,
  );
}

const actuals = new Map();
for (const { event } of dcsa) {
  const { eventTypeCode, eventClassifierCode, transportEventTypeCode } = event.eventClassification;
  if (eventTypeCode !== 'TRANSPORT' || eventClassifierCode !== 'ACT') continue;
  const call = event.transportDetails.transportCall;
  const run = call.transportCallReference.slice(0, call.transportCallReference.lastIndexOf('/'));
  const place = call.transportCallSequenceNumber * 2 + (transportEventTypeCode === 'DEPA' ? 1 : 0);
  (actuals.get(run) ?? actuals.set(run, []).get(run)).push([place, new Date(event.eventDateTime).toISOString()]);
}
for (const [run, moments] of actuals)
  inOrder(
    moments.sort(([a], [b]) => a - b).map(([, moment]) => moment),
    `actual times of ${run}`,
  );

const subjects = {
  'location.closed': ({ location }) => known(location, locations, 'closure'),
  'capacity.changed': ({ service }) => expect(runs.has(service) || trucked.has(service), `capacity of (${service})`),
  'service.cancelled': ({ service }) => expect(runs.has(service), `cancelled (${service})`),
  'lot.withdrawn': ({ lot }) => known(lot, lotIds, 'withdrawn'),
  'order.cancelled': ({ order }) => known(order, orders, 'cancelled'),
  'milestone.reached': ({ order }) => known(order, orders, 'milestone'),
  'sensor.read': ({ equipment }) => known(equipment, containers, 'sensor'),
};
for (const [type, check] of Object.entries(subjects)) {
  const found = ofType(bodies, type);
  expect(found.length > 0, `no ${type} in the log`);
  found.forEach(check);
}
expect(orders.size >= 340, `only ${orders.size} orders`);

if (faults.length) {
  console.error(faults.slice(0, 60).join('\n') + `\n${faults.length} faults`);
  process.exitCode = 1;
} else {
  const kinds = Object.entries(count(dcsa.map(({ event }) => event.eventClassification.eventTypeCode)));
  console.log(`${locations.size} locations, ${runs.size} runs, ${trucks.length} truck relations, ${lots.length} lots`);
  console.log(`${book.length} orders at the start, ${orders.size - book.length} later; ${containers.size} containers`);
  console.log(
    `${log.length} messages: ${kinds.map(([kind, number]) => `${number} ${kind}`).join(', ')}; ${bodies.length} CloudEvents`,
  );
}

function count(values) {
  const found = {};
  for (const value of values) found[value] = (found[value] ?? 0) + 1;
  return found;
}
