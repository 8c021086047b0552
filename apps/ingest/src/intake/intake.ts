import { type EventDraft, type Fault, type Millis, type PortolanEvent, formatInstant } from '@portolan/domain';
import {
  type Headers,
  type Mapping,
  type MappingChoice,
  type Read,
  type Reading,
  type Unreadable,
  encodeEvent,
  isBinary,
  mappingFor,
  mappingText,
  readBinaryCloudEvent,
  readMessage,
  textOf,
} from '@portolan/formats';
import { type EventLog, type NewRecord, type Position, topics } from '@portolan/streams';
import { type Receipt, type Refused, type Taken, refusedItem } from './receipt.js';

/** A message as it came in, its content encoding undone. */
export interface Incoming {
  readonly body: Uint8Array;
  /** Lower-case names. */
  readonly headers: Headers;
  /** A standard's name, when the sender gives one. */
  readonly format?: string | undefined;
  /** How the table is to be read, when the sender says so. */
  readonly mapping?: Mapping | undefined;
  readonly cell: string;
}

/** A message of which nothing could be read: why. */
export type Unread = Unreadable;

/** Records of one append: a request to the log stays small, and its failure leaves little half done. */
const RECORDS_AT_ONCE = 2_000;

/**
 * Takes messages in: the bytes into the inbox, then their events into the log, what is wrong with them among the rejected. When
 * it resolves the log has everything; when it rejects, sending the message again does no harm, since events are one by their ids.
 */
export class Intake {
  constructor(
    private readonly log: EventLog,
    /** When a message that comes in now is received. */
    private readonly now: () => Millis,
    private readonly mappings: readonly Mapping[] = [],
  ) {}

  async take(incoming: Incoming): Promise<Receipt | Unread> {
    const received = this.now();
    const { mapping, unreadable } = this.mappingOf(incoming);
    const message = { ...incoming, mapping };
    const inbox = await this.keep(message, received);
    const reading = unreadable ?? read(message, received);
    if ('unreadable' in reading) {
      await this.reject(message, received, inbox, [{ pointer: '', faults: reading.unreadable }]);
      return reading;
    }
    const receipt = await this.append(reading, message.cell, received);
    const wrong = reading.items.flatMap((item) => (item.ok ? [] : [item]));
    await this.reject(message, received, inbox, wrong, reading.format);
    return { ...receipt, rejected: wrong.map(({ index, faults }): Refused => refusedItem(index, faults)) };
  }

  /** By its own columns, or by the format it names; events are not looked at. */
  private mappingOf({ body, headers, format, mapping }: Incoming): MappingChoice {
    if (mapping) return { mapping };
    if (this.mappings.length === 0 || isBinary(headers)) return {};
    return mappingFor({ body, format, contentType: text(headers['content-type']), mappings: this.mappings });
  }

  /** With the mapping itself: reading the bytes again gives the same events also when the file of the mapping has changed. */
  private async keep({ body, headers, format, mapping, cell }: Incoming, received: Millis): Promise<Position> {
    const named = mapping?.name ?? format;
    const kept = {
      ...keptHeaders(headers),
      received: formatInstant(received),
      ...(named !== undefined && { format: named }),
      ...(mapping && { mapping: mappingText(mapping) }),
    };
    const [position] = await this.log.append(topics.inbox, [{ key: cell, value: body, headers: kept }]);
    return position!;
  }

  private async append({ items }: Read, cell: string, received: Millis): Promise<Omit<Receipt, 'rejected'>> {
    const events = items.flatMap((item) => (item.ok ? item.events.map((draft) => ({ index: item.index, draft })) : []));
    const [accepted, duplicates]: [Taken[], Taken[]] = [[], []];
    for (let start = 0; start < events.length; start += RECORDS_AT_ONCE) {
      const part = events.slice(start, start + RECORDS_AT_ONCE);
      const appended = await this.log.append(
        topics.events,
        part.map(({ draft }) => encodeEvent(completed(draft, cell, received))),
      );
      part.forEach(({ index, draft }, place) =>
        (appended[place]!.duplicate ? duplicates : accepted).push({ index, id: draft.id }),
      );
    }
    return { accepted, duplicates };
  }

  /** Each with the place of the message in the inbox, so that it can be read once more when the reader has been mended. */
  private async reject(
    { cell }: Incoming,
    received: Millis,
    inbox: Position,
    wrong: readonly Wrong[],
    format?: string,
  ): Promise<void> {
    const source = {
      inbox: { partition: inbox.partition, offset: inbox.offset },
      received: formatInstant(received),
      format,
    };
    const records = wrong.map((each): NewRecord => ({
      key: cell,
      value: JSON.stringify({ ...each, ok: undefined, ...source }),
      headers: { 'content-type': 'application/json' },
    }));
    for (let start = 0; start < records.length; start += RECORDS_AT_ONCE)
      await this.log.append(topics.rejected, records.slice(start, start + RECORDS_AT_ONCE));
  }
}

/** An item that was rejected, or a whole message (without `index`). */
interface Wrong {
  readonly index?: number;
  readonly pointer: string;
  readonly faults: readonly Fault[];
}

function read({ body, headers, format, mapping }: Incoming, received: Millis): Reading {
  if (format === undefined && !mapping && isBinary(headers)) {
    const text = textOf(body);
    return text.ok
      ? readBinaryCloudEvent(headers, text.value, { received })
      : { unreadable: text.faults, because: 'not-text' };
  }
  const contentType = text(headers['content-type']);
  return readMessage({ body, format, contentType, mapping }, { received });
}

const completed = (draft: EventDraft, cell: string, received: Millis): PortolanEvent =>
  ({ ...draft, specversion: '1.0', recordedtime: formatInstant(received), partitionkey: cell }) as PortolanEvent;

/** What tells of the message. Credentials and cookies are nobody's business later on. */
function keptHeaders(headers: Headers): Record<string, string> {
  const names = Object.keys(headers).filter((name) =>
    /^(content-type|content-language|date|user-agent|x-request-id|traceparent|ce-[a-z0-9]+)$/.test(name),
  );
  return Object.fromEntries(names.map((name) => [name, text(headers[name]) ?? '']));
}

const text = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'object' ? value.join(', ') : value;
