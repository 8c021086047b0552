import { partsOf } from '../../libs/formats/src/testing/workbook.js';
import { zipSync } from 'fflate';
import { seeded } from '../../libs/planning/src/testing/random-problem.js';
import { cloudEventSamples } from '../../libs/formats/src/testing/fuzz/samples/cloudevents.js';
import { jitPortCall, jitService, jitTerminalCall, jitTimestamp } from '../../libs/formats/src/testing/jit.js';
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

const orderColumns =
  'id,customer,from,to,quantity,available,due,latePerUnitHour,minShelfLife,reefer,equipment,references'.split(',');

/** Orders with most of their columns filled. */
function orderRow(index: number, random: () => number): (string | number)[] {
  const ready = FIRST + between(random, 0, 5) * DAY;
  const [available, due] = [ready, ready + 4 * DAY].map((at) => new Date(at).toISOString());
  const [quantity, late] = [between(random, 1, 40), between(random, 0, 50) / 10];
  const from = `BEANR-${between(random, 1, 20)}`;
  const goods = [quantity, available!, due!, late, 'P5D', 'yes', container(random), `BKG:B${index}`];
  return [`O-${index}`, `Customer ${index % 97}`, from, 'BELGG', ...goods];
}

function orderRows(rows: number, seed: number): readonly (readonly (string | number)[])[] {
  const random = seeded(seed);
  return [orderColumns, ...Array.from({ length: rows }, (_, index) => orderRow(index, random))];
}

export const orderTable = (rows: number, seed: number): string =>
  orderRows(rows, seed)
    .map((cells) => cells.join(','))
    .join('\n');

/** The same orders as a workbook: its texts shared, as Excel writes them. */
export function orderWorkbook(rows: number, seed: number): Uint8Array {
  const strings = new Map<string, number>();
  const cell = (value: string | number, column: number, row: number): string => {
    const place = `r="${String.fromCharCode(65 + column)}${row + 1}"`;
    if (typeof value === 'number') return `<c ${place}><v>${value}</v></c>`;
    const shared = strings.get(value) ?? strings.size;
    strings.set(value, shared);
    return `<c ${place} t="s"><v>${shared}</v></c>`;
  };
  const data = orderRows(rows, seed).map(
    (cells, row) => `<row r="${row + 1}">${cells.map((value, column) => cell(value, column, row)).join('')}</row>`,
  );
  const sheets = { Orders: `<sheetData>${data.join('')}</sheetData>` };
  return zipSync(partsOf({ sheets, strings: [...strings.keys()] }), { level: 6, mtime: '2026-01-01T00:00:00' });
}

/** Calls of vessels at berths, each with its three objects and estimates that follow each other. */
export function jitObjects(objects: number, seed: number): string {
  const random = seeded(seed);
  const id = (call: number, kind: number) => `0342254a-5927-4856-b9c9-${String(10 * call + kind).padStart(12, '0')}`;
  const object = (index: number): object => {
    const call = Math.floor(index / 8);
    const [portCallID, terminalCallID, portCallServiceID] = [1, 2, 3].map((kind) => id(call, kind));
    if (index % 8 === 0) return { ...jitPortCall, portCallID };
    if (index % 8 === 1) return { ...jitTerminalCall, portCallID, terminalCallID };
    if (index % 8 === 2) return { ...jitService, terminalCallID, portCallServiceID };
    return { ...jitTimestamp, timestampID: id(call, 4 + (index % 8)), portCallServiceID, dateTime: moment(random) };
  };
  return JSON.stringify(Array.from({ length: objects }, (_, index) => object(index)));
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
