import type { EventData, EventType, Fault } from '@portolan/domain';
import { formatInstant } from '@portolan/domain';
import { momentOf } from '../time/moment.js';
import type { Epc } from './identifiers.js';
import { epcOf, equipmentName } from './identifiers.js';
import type { EpcisEvent } from './schema.js';

/** One event, its fields checked, with what was noticed while reading on. */
export interface Observation {
  readonly event: EpcisEvent;
  /** As sent, with the sender's own fields. */
  readonly sent: Readonly<Record<string, unknown>>;
  readonly pointer: string;
  readonly received: number;
  /** Event time in UTC. */
  readonly at: string;
  readonly faults: Fault[];
  readonly flags: string[];
}

/** What an observation becomes: one event of the log, and what `data` has no room for. */
export type Fact = {
  [T in EventType]: {
    readonly type: T;
    readonly data: EventData<T>;
    readonly subject: string | undefined;
    readonly beside?: Readonly<Record<string, unknown>>;
  };
}[EventType];

/**
 * A moment of the message in UTC. EPCIS asks for an offset; where it is missing, the event's `eventTimeZoneOffset` is
 * taken, and flagged.
 */
export function instantAt(
  text: string,
  pointer: string,
  {
    event,
    received,
    faults,
    flags,
  }: Pick<Observation, 'received' | 'faults' | 'flags'> & {
    readonly event: Pick<EpcisEvent, 'eventTimeZoneOffset'>;
  },
): string | undefined {
  const local = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(text);
  const moment = momentOf(local ? text + event.eventTimeZoneOffset : text, received);
  if (moment.ok && local) flags.push(`local-time: ${text} read with offset ${event.eventTimeZoneOffset}`);
  if (moment.ok) return formatInstant(moment.at);
  faults.push({ pointer, value: text, message: moment.message });
  return undefined;
}

/** What an event is about: what came out of a transformation, what holds or moves with the rest, or the things named. */
export function thingsOf(event: EpcisEvent): readonly Epc[] {
  const { kind, parentID, epcList = [], childEPCs = [], outputEPCList = [] } = event;
  const classes = [event.quantityList, event.childQuantityList, event.outputQuantityList].flatMap((list) => list ?? []);
  const holds = kind === 'AggregationEvent' || kind === 'AssociationEvent';
  const uris =
    holds && parentID !== undefined
      ? [parentID]
      : [...epcList, ...childEPCs, ...outputEPCList, ...classes.map(({ epcClass }) => epcClass)];
  const named = uris.length === 0 && parentID !== undefined ? [parentID] : uris;
  return [...new Set(named)].map(epcOf);
}

/** The name of a thing in the log; doubts about it are noted. */
export function equipmentIn(thing: Epc, flags: string[]): string {
  const equipment = equipmentName(thing);
  if (equipment !== thing.key) flags.push(`long-identifier: ${thing.uri} is ${equipment}`);
  if (thing.flag !== undefined) flags.push(thing.flag);
  return equipment;
}
