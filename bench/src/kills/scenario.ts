import { type PortolanEvent, formatInstant, parseInstant } from '@portolan/domain';
import { partitionOf } from '@portolan/streams';
import { syntheticHinterland } from '@portolan/synthetic';
import { positionsOf } from './positions.js';

/** What one planning cell's sender says, message by message. */
export interface CellStory {
  readonly cell: string;
  readonly partition: number;
  readonly messages: readonly Message[];
  /** Said once all is quiet: an hour passes. */
  readonly last: Message;
}

export interface Message {
  /** A batch of CloudEvents, as JSON. */
  readonly body: string;
  readonly ids: readonly string[];
}

export interface ScenarioSize {
  /** Of all cells together. */
  readonly events: number;
  readonly cells: number;
  readonly seed: number;
  /** Events of a message at most, up to 250. */
  readonly messageSize: number;
  /** Of the log; each cell has one of its own. */
  readonly partitions: number;
}

const DAY = 86_400_000;
const SHIPMENTS = 150;

/**
 * Hinterlands with their two weeks of departures, delays and surprises, and as many positions of vessels as the number of events asks for. They
 * play a year from now: the planner's now is the story's, and no plan depends on when this machine received what.
 */
export function storiesOf({ events, cells, seed, messageSize, partitions }: ScenarioSize): CellStory[] {
  return cellNames(cells, partitions).map((cell, index) => {
    const told = [...syntheticHinterland({ shipments: SHIPMENTS, seed: seed + index }).events()];
    const share = Math.floor((events * (index + 1)) / cells) - Math.floor((events * index) / cells);
    const story = withPositions(told, share).map(inAYear);
    const end = Math.max(...story.map(({ recordedtime }) => parseInstant(recordedtime)!));
    return {
      cell,
      partition: partitionOf(cell, partitions),
      messages: inMessages(story, messageSize),
      last: messageOf([tickAfter(story.at(-1)!, end)]),
    };
  });
}

/** Names of which each leads to another partition. */
function cellNames(count: number, partitions: number): string[] {
  if (count > partitions) throw new Error(`--cells (${count}) must be ${partitions} or less: each has a partition`);
  const names = new Map<number, string>();
  for (let number = 0; names.size < count; number++) {
    const name = `cell-${number}`;
    const partition = partitionOf(name, partitions);
    if (!names.has(partition)) names.set(partition, name);
  }
  return [...names.values()];
}

/** As many events as wanted: the beginning of the story where it is longer, positions in between where it is shorter. */
function withPositions(told: readonly PortolanEvent[], wanted: number): PortolanEvent[] {
  if (told.length >= wanted) return told.slice(0, wanted);
  const all = [...told, ...positionsOf(told, wanted - told.length)];
  return all.sort((a, b) => (a.recordedtime < b.recordedtime ? -1 : a.recordedtime > b.recordedtime ? 1 : 0));
}

const START = Date.UTC(2026, 2, 2);
const SHIFT = Math.ceil((Date.now() + 365 * DAY - START) / (7 * DAY)) * 7 * DAY;
const INSTANT = /"(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z)"/g;

const inAYear = (event: PortolanEvent): PortolanEvent =>
  JSON.parse(
    JSON.stringify(event).replace(INSTANT, (_, at: string) => `"${formatInstant(parseInstant(at)! + SHIFT)}"`),
  ) as PortolanEvent;

function tickAfter(event: PortolanEvent, end: number): PortolanEvent {
  const now = formatInstant(end + 3_600_000);
  return { ...event, id: 'the-end', source: '/clock', type: 'org.portolan.clock.ticked', time: now, data: { now } };
}

/** Ingest appends so many characters of JSON as a whole: no plan can know a part of a message. */
const AS_A_WHOLE = 200_000;

function inMessages(events: readonly PortolanEvent[], size: number): Message[] {
  const parts: PortolanEvent[][] = [];
  let room = 0;
  for (const event of events) {
    const length = JSON.stringify(event).length;
    if (length > room || parts.at(-1)!.length === size) {
      parts.push([]);
      room = AS_A_WHOLE;
    }
    parts.at(-1)!.push(event);
    room -= length;
  }
  return parts.map(messageOf);
}

/** As a sender says it: reception and cell are the receiver's to tell. */
const messageOf = (events: readonly PortolanEvent[]): Message => ({
  body: JSON.stringify(events.map(({ recordedtime: _received, partitionkey: _cell, ...event }) => event)),
  ids: events.map(({ source, id }) => `${source} ${id}`),
});
