import type { Fault } from '@portolan/domain';
import { type Item, type Reading, type Reception, MAX_ITEMS, rejected, tooMany, unreadable } from '../reading.js';
import { Almanac } from './almanac.js';
import { lotsIn, ordersIn, startsLine } from './goods.js';
import { type MessageReader, type Starts, headerOf } from './header.js';
import { type Envelope, directoryOf, interchangesOf, messageOf, pointerOf, typeOf } from './interchange.js';
import { Identities, itemOf } from './item.js';
import { Budget, type Shape } from './limits.js';
import { movesIn, startsEquipment } from './moves.js';
import { scheduleIn, startsCall, startsSchedule } from './schedule.js';
import { startsStatus, statusesIn } from './status.js';
import { startsStowage, stowageIn } from './stowage.js';

/** How each kind of message is read, where its body begins, and where its groups do, if elsewhere. */
interface Reader {
  readonly read: MessageReader;
  readonly starts: Starts;
  readonly begins?: Starts;
  /** The segment of which each item has one. */
  readonly item: string;
}

const moves = { read: movesIn, starts: startsEquipment, item: 'EQD' };

const readers: Readonly<Record<string, Reader>> = {
  IFTSTA: { read: statusesIn, starts: startsStatus, item: 'STS' },
  CODECO: moves,
  COARRI: moves,
  COPRAR: moves,
  BAPLIE: { read: stowageIn, starts: startsStowage, item: 'EQD' },
  IFTSAI: { read: scheduleIn, starts: startsSchedule, begins: startsCall, item: 'LOC' },
  ORDERS: { read: ordersIn, starts: startsLine, item: 'LIN' },
  DESADV: { read: lotsIn, starts: startsLine, item: 'LIN' },
};

export const messageTypes: readonly string[] = Object.keys(readers);

/** Does a text begin with a service segment of EDIFACT? */
export const looksLikeEdifact = (text: string): boolean =>
  /^[\s\uFEFF]*(?:UNA.{4}[\s*.]\S|UN[BH][+:\x1d])/.test(text.slice(0, 200));

/**
 * UN/EDIFACT interchanges (docs/formats-edifact.md). One item a container, status, call or line, so that what is wrong with one
 * does not keep out the others. Pointers are `/interchange/0/message/2/segment/14`, counted from 0; segment 0 is the UNH.
 */
export function readEdifact(text: string, { received }: Reception): Reading {
  const interchanges = interchangesOf(text, shapeOf);
  const messages = interchanges.flatMap((each) => each.messages);
  if (messages.length === 0) return unreadable('has no EDIFACT message: one begins with UNH and ends with UNT');
  const many = tooMany(messages.some(({ gauge }) => gauge?.isFull) ? Infinity : messages.length);
  if (many) return many;
  const almanac = new Almanac(received);
  const items: Item[] = [];
  for (const { messages: read, strays } of interchanges) {
    for (const message of read) {
      readMessage(message, almanac, items);
      const many = tooMany(items.length);
      if (many) return many;
    }
    for (const fault of strays) items.push(rejected(items.length, fault.pointer, [fault]));
  }
  return { format: formatOf(messages[0]!), items };
}

function readMessage(envelope: Envelope, almanac: Almanac, items: Item[]): void {
  const kind = readerOf(envelope);
  const fault = envelope.fault ?? (kind ? envelope.gauge?.fault : unknownType(envelope));
  if (fault) return refuse(envelope, fault, items);
  const message = messageOf(envelope);
  const header = headerOf(message, kind!.starts, almanac);
  const identities = new Identities(header);
  const before = items.length;
  const budget = new Budget(envelope);
  for (const part of kind!.read(header, almanac)) {
    if (!budget.takes(part.segments)) return refuse(envelope, repeats(envelope), items);
    items.push(itemOf(part, header, identities, items.length, almanac, items.length === before));
    if (items.length > MAX_ITEMS) return;
  }
  if (items.length === before) items.push({ index: before, pointer: message.pointer, ok: true, events: [] });
}

const refuse = (envelope: Envelope, fault: Fault, items: Item[]): void =>
  void items.push(rejected(items.length, envelope.pointer, [fault]));

const repeats = ({ pointer }: Envelope): Fault => ({
  pointer,
  message: 'says so much of many parts at once that they would be many times as long as the message: say it of each',
});

const readerOf = (envelope: Envelope): Reader | undefined => readerOfType(typeOf(envelope));

const readerOfType = (type: string): Reader | undefined => (Object.hasOwn(readers, type) ? readers[type] : undefined);

function shapeOf(type: string): Shape | undefined {
  const kind = readerOfType(type);
  return kind && { starts: kind.begins ?? kind.starts, item: kind.item };
}

function unknownType(message: Envelope): Fault {
  const known = messageTypes.join(', ');
  const pointer = pointerOf(message, message.unh);
  return { pointer, value: typeOf(message), message: `is no message read here: ${known}` };
}

/** Such as `edifact-iftsta-d00b`, of the first message. */
const formatOf = (message: Envelope): string =>
  ['edifact', typeOf(message), directoryOf(message).replaceAll('.', '')]
    .filter((each) => /^[A-Za-z0-9]+$/.test(each))
    .map((each) => each.toLowerCase())
    .join('-');
