// Writes the data of this example: `node examples/antwerp-hinterland/generate.mjs`, from anywhere.
// Everything is drawn from seeded streams, so the same code writes the same bytes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { containerMessages } from './source/boxes.mjs';
import { cloudEvent } from './source/cloudevents.mjs';
import { csv, lotColumns, orderColumns, serviceColumns, truckColumns } from './source/csv.mjs';
import { deepSeaRuns } from './source/deepsea.mjs';
import { goods } from './source/goods.mjs';
import { movements } from './source/movements.mjs';
import { places } from './source/places.mjs';
import { scheduledRuns } from './source/runs.mjs';
import { slipsOf, story, twice } from './source/story.mjs';
import { lotRow, orderRow, serviceRows } from './source/tables.mjs';
import { END, instant } from './source/time.mjs';
import { truckRelations } from './source/trucks.mjs';

const folder = new URL('data/', import.meta.url);
const write = (name, text) => writeFileSync(new URL(name, folder), text);
const jsonLines = (values) => values.map((value) => JSON.stringify(value) + '\n').join('');

const parameters = {
  currency: 'EUR',
  unit: 'TEU',
  co2PricePerTonne: 80,
  changePenaltyPerUnit: 4,
  maxLegs: 8,
  horizon: 'P21D',
  freezeWindow: 'PT2H',
  leadTime: 'PT1H',
  unservedPenalty: 3000,
  unknownAfter: 'P4D',
  minSaving: 20,
  repeatGrowth: 0.25,
  autoAccept: ['book'],
};

function network(products) {
  const event = (type, subject, data) =>
    cloudEvent(type, { id: `master/${subject}@1`, source: '/masterdata', subject, time: -1, data });
  return [
    event('parameters.changed', 'antwerp', parameters),
    ...places.map((place) => event('location.changed', place.id, place)),
    ...products.map((product) => event('product.described', product.id, product)),
  ];
}

/** What each deep-sea vessel has for us is exactly what is on board, with a little room. */
function loadVessels(vessels, orders) {
  for (const vessel of vessels) {
    const aboard = orders.filter((order) => order.vessel === vessel.id);
    const teu = aboard.reduce((sum, order) => sum + order.quantity, 0);
    for (const leg of vessel.legs) Object.assign(leg, { capacity: teu + 6, reeferPlugs: 6 });
    for (const order of aboard) order.vesselTo = vessel.calls.at(-1).location;
  }
}

const vessels = deepSeaRuns();
const { orders, lots, products } = goods(vessels);
loadVessels(vessels, orders);
const scheduled = scheduledRuns();
const runs = [...scheduled, ...vessels];
const slips = slipsOf(vessels);
const book = orders.filter((order) => order.known <= 0.5);
const messages = [
  ...movements(runs, slips),
  ...containerMessages(orders, vessels, slips),
  ...story({ runs: scheduled, orders, lots }),
];
const log = [...messages, ...twice(messages)]
  .sort((a, b) => a.at - b.at || (JSON.stringify(a.body) < JSON.stringify(b.body) ? -1 : 1))
  .map(({ at, format, body }) => ({ at: instant(at), format, body }));

mkdirSync(folder, { recursive: true });
write('network.jsonl', jsonLines(network(products)));
write('services.csv', csv(serviceColumns, runs.flatMap(serviceRows)));
write('trucks.csv', csv(truckColumns, truckRelations(orders, lots)));
write('lots.csv', csv(lotColumns, lots.map(lotRow)));
write('orders.csv', csv(orderColumns, book.map(orderRow)));
write('log.jsonl', jsonLines(log));
writeFileSync(
  new URL('scenario.json', folder),
  JSON.stringify(
    {
      name: 'Antwerp and its hinterland, two weeks in March',
      cell: 'antwerp',
      start: instant(0),
      end: instant(END),
      initial: ['network.jsonl', 'services.csv', 'trucks.csv', 'lots.csv', 'orders.csv'],
      log: 'log.jsonl',
      policy: { autoAccept: ['book'] },
    },
    null,
    2,
  ) + '\n',
);
console.log(
  `${places.length} places, ${runs.length} runs, ${orders.length} orders (${book.length} at the start), ${lots.length} lots, ${log.length} messages`,
);
