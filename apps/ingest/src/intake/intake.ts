import type { Millis } from '@portolan/domain';
import type { Mapping, Unreadable } from '@portolan/formats';
import { type EventLog, type Position, topics } from '@portolan/streams';
import { appendRejected } from '../rejected/record.js';
import { appendEvents } from './events.js';
import { inboxRecord, sourceOf } from './inbox.js';
import { type Incoming, type ReadIncoming, type ReadingWays, mappingOf, readIncoming } from './message.js';
import { type Receipt, type Refused, refusedItem } from './receipt.js';

/** A message of which nothing could be read: why. */
export type Unread = Unreadable;

/**
 * Takes messages in: the bytes into the inbox, then their events into the log, what is wrong with them among the rejected. When
 * it resolves the log has everything; when it rejects, sending the message again does no harm, since events are one by their ids.
 */
export class Intake {
  private readonly mappings: readonly Mapping[];
  private readonly read: ReadIncoming;

  constructor(
    private readonly log: EventLog,
    /** When a message that comes in now is received. */
    private readonly now: () => Millis,
    { mappings = [], read = readIncoming }: ReadingWays = {},
  ) {
    this.mappings = mappings;
    this.read = read;
  }

  async take(incoming: Incoming): Promise<Receipt | Unread> {
    const received = this.now();
    const { mapping, unreadable } = mappingOf(incoming, this.mappings);
    const inbox = await this.keep(incoming, mapping, received);
    const about = { cell: incoming.cell, received, inbox, source: sourceOf(incoming) };
    const reading = unreadable ?? this.read({ ...incoming, mapping }, received);
    if ('unreadable' in reading) {
      await appendRejected(this.log, [{ pointer: '', faults: reading.unreadable }], about);
      return reading;
    }
    const receipt = await appendEvents(this.log, reading.items, incoming.cell, received);
    const wrong = reading.items.flatMap((item) => (item.ok ? [] : [item]));
    await appendRejected(this.log, wrong, { ...about, format: reading.format });
    return { ...receipt, rejected: wrong.map(({ index, faults }): Refused => refusedItem(index, faults)) };
  }

  private async keep(incoming: Incoming, mapping: Mapping | undefined, received: Millis): Promise<Position> {
    const [position] = await this.log.append(topics.inbox, [inboxRecord(incoming, mapping, received)]);
    return position!;
  }
}
