import type { Span } from '@opentelemetry/api';
import type { Millis } from '@portolan/domain';
import type { Mapping, Unreadable } from '@portolan/formats';
import { type EventLog, type Position, inSpan, topics } from '@portolan/streams';
import { appendRejected } from '../rejected/record.js';
import { appendEvents } from './events.js';
import { inboxRecord, sourceOf } from './inbox.js';
import { type Incoming, type ReadIncoming, type ReadingWays, mappingOf, readIncoming, unfailing } from './message.js';
import { type Receipt, type Refused, refusedItem } from './receipt.js';
import type { OnTaken } from './report.js';

export interface IntakeOptions extends ReadingWays {
  /** Told what became of each message. */
  readonly onTaken?: OnTaken;
}

/** A message of which nothing could be read: why. */
export type Unread = Unreadable;

/**
 * Takes messages in: the bytes into the inbox, then their events into the log, what is wrong with them among the rejected. When
 * it resolves the log has everything; when it rejects, sending the message again does no harm, since events are one by their ids.
 */
export class Intake {
  private readonly mappings: readonly Mapping[];
  private readonly read: ReadIncoming;
  private readonly onTaken: OnTaken;

  constructor(
    private readonly log: EventLog,
    /** When a message that comes in now is received. */
    private readonly now: () => Millis,
    { mappings = [], read = readIncoming, onTaken = () => {} }: IntakeOptions = {},
  ) {
    this.mappings = mappings;
    this.read = unfailing(read);
    this.onTaken = onTaken;
  }

  take(incoming: Incoming): Promise<Receipt | Unread> {
    const attributes = { 'portolan.cell': incoming.cell };
    return inSpan('take message', { attributes }, (span) => this.taken(incoming, span));
  }

  private async taken(incoming: Incoming, span: Span): Promise<Receipt | Unread> {
    const began = performance.now();
    const received = this.now();
    const { mapping, unreadable } = mappingOf(incoming, this.mappings);
    const inbox = await this.keep(incoming, mapping, received);
    const message = `${inbox.partition}/${inbox.offset}`;
    span.setAttribute('portolan.message', message);
    const about = { cell: incoming.cell, received, inbox, source: sourceOf(incoming) };
    const reading = unreadable ?? this.read({ ...incoming, mapping }, received);
    const report = (format: string, receipt: Receipt) => {
      span.setAttributes({ 'portolan.format': format, 'portolan.events': receipt.accepted.length });
      const seconds = (performance.now() - began) / 1000;
      this.onTaken({ message, incoming, source: about.source, format, receipt, seconds });
    };
    if ('unreadable' in reading) {
      await appendRejected(this.log, [{ pointer: '', faults: reading.unreadable }], about);
      report('unknown', { accepted: [], duplicates: [], rejected: [refusedItem(0, reading.unreadable)] });
      return reading;
    }
    const appended = await appendEvents(this.log, reading.items, incoming.cell, received);
    const wrong = reading.items.flatMap((item) => (item.ok ? [] : [item]));
    await appendRejected(this.log, wrong, { ...about, format: reading.format });
    const receipt = { ...appended, rejected: wrong.map(({ index, faults }): Refused => refusedItem(index, faults)) };
    report(reading.format, receipt);
    return receipt;
  }

  private async keep(incoming: Incoming, mapping: Mapping | undefined, received: Millis): Promise<Position> {
    const [position] = await this.log.append(topics.inbox, [inboxRecord(incoming, mapping, received)]);
    return position!;
  }
}
