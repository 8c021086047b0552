import type { Millis } from '@portolan/domain';
import type { Unreadable } from '@portolan/formats';
import { type EventLog, type Position, topics } from '@portolan/streams';
import { appendRejected } from '../rejected/record.js';
import { appendEvents } from './events.js';
import { inboxRecord, sourceOf } from './inbox.js';
import { type Incoming, type ReadIncoming, readIncoming } from './message.js';
import { type Receipt, type Refused, refusedItem } from './receipt.js';

/** A message of which nothing could be read: why. */
export type Unread = Unreadable;

/**
 * Takes messages in: the bytes into the inbox, then their events into the log, what is wrong with them among the rejected. When
 * it resolves the log has everything; when it rejects, sending the message again does no harm, since events are one by their ids.
 */
export class Intake {
  constructor(
    private readonly log: EventLog,
    /** When a message that comes in now is received. */
    private readonly now: () => Millis,
    private readonly read: ReadIncoming = readIncoming,
  ) {}

  async take(message: Incoming): Promise<Receipt | Unread> {
    const received = this.now();
    const inbox = await this.keep(message, received);
    const about = { cell: message.cell, received, inbox, source: sourceOf(message) };
    const reading = this.read(message, received);
    if ('unreadable' in reading) {
      await appendRejected(this.log, [{ pointer: '', faults: reading.unreadable }], about);
      return reading;
    }
    const receipt = await appendEvents(this.log, reading.items, message.cell, received);
    const wrong = reading.items.flatMap((item) => (item.ok ? [] : [item]));
    await appendRejected(this.log, wrong, { ...about, format: reading.format });
    return { ...receipt, rejected: wrong.map(({ index, faults }): Refused => refusedItem(index, faults)) };
  }

  private async keep(message: Incoming, received: Millis): Promise<Position> {
    const [position] = await this.log.append(topics.inbox, [inboxRecord(message, received)]);
    return position!;
  }
}
