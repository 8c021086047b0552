import { seeded } from '../../libs/planning/src/testing/random-problem.js';
import { cloudEventSamples } from '../../libs/formats/src/testing/fuzz/samples/cloudevents.js';
import { dcsaSamples } from '../../libs/formats/src/testing/fuzz/samples/dcsa.js';
import { epcisSamples } from '../../libs/formats/src/testing/fuzz/samples/epcis.js';
import { sentenceOfPosition, sentencesOfVoyage } from './ais-sentences.js';
import { between } from './random.js';

type Json = Record<string, unknown>;
const DAY = 86_400_000;
const FIRST = Date.UTC(2026, 2, 1);
const moment = (random: () => number): string => new Date(FIRST + 1000 * between(random, 0, 86_400)).toISOString();
const container = (random: () => number): string => `APZU${between(random, 1_000_000, 9_999_999)}`;

/** Track & Trace 3.0: pages of events of each type, every one of its own. */
export function dcsaPage(events: number, seed: number): string {
  const random = seeded(seed);
  const kinds = (JSON.parse(dcsaSamples[0]!) as { events: Json[] }).events.filter(({ isRetracted }) => !isRetracted);
  return pageOf('events', events, (index) => ({
    ...kinds[index % kinds.length]!,
    eventID: `E-${index}`,
    eventDateTime: moment(random),
    equipmentDetails: { equipmentReference: container(random) },
  }));
}

export function epcisDocument(events: number, seed: number): string {
  const random = seeded(seed);
  const document = JSON.parse(epcisSamples[0]!) as { epcisBody: { eventList: Json[] } };
  const kinds = document.epcisBody.eventList;
  const eventList = Array.from({ length: events }, (_, index) => ({
    ...kinds[index % kinds.length]!,
    eventID: `urn:x:event:${index}`,
    eventTime: moment(random),
  }));
  return JSON.stringify({ ...document, epcisBody: { eventList } });
}

export function cloudEventLines(events: number, seed: number): string {
  const random = seeded(seed);
  const kinds = cloudEventSamples.map((text) => JSON.parse(text) as Json);
  return Array.from({ length: events }, (_, index) =>
    JSON.stringify({ ...kinds[index % kinds.length]!, id: `e/${index}`, time: moment(random) }),
  ).join('\n');
}

/** Orders with most of their columns filled. */
export function orderTable(rows: number, seed: number): string {
  const random = seeded(seed);
  const header = 'id,customer,from,to,quantity,available,due,latePerUnitHour,minShelfLife,reefer,equipment,references';
  const row = (index: number): string => {
    const ready = FIRST + between(random, 0, 5) * DAY;
    const [available, due] = [ready, ready + 4 * DAY].map((at) => new Date(at).toISOString());
    const [quantity, late] = [between(random, 1, 40), between(random, 0, 50) / 10];
    return `O-${index},Customer ${index % 97},BEANR-${between(random, 1, 20)},BELGG,${quantity},${available},${due},${late},P5D,yes,${container(random)},BKG:B${index}`;
  };
  return [header, ...Array.from({ length: rows }, (_, index) => row(index))].join('\n');
}

/** Mostly positions of class A, and a voyage in two parts now and then, as a receiver hears them. */
export function aisStream(messages: number, seed: number): string {
  const random = seeded(seed);
  return Array.from({ length: messages }, (_, index) => {
    const mmsi = 244_000_000 + between(random, 0, 400);
    return index % 8 === 7 ? sentencesOfVoyage(mmsi, index % 10) : sentenceOfPosition(mmsi, random);
  })
    .flat()
    .join('\r\n');
}

const pageOf = (name: string, count: number, make: (index: number) => unknown): string =>
  JSON.stringify({ [name]: Array.from({ length: count }, (_, index) => make(index)) });
