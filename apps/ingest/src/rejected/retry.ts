import { type Fault, type Millis, type Rejection, type Retried, parseInstant } from '@portolan/domain';
import type { Item, RejectedItem, Reading } from '@portolan/formats';
import { type EventLog, topics } from '@portolan/streams';
import { appendEvents } from '../intake/events.js';
import { type Kept, keptAt } from '../intake/inbox.js';
import { type ReadingWays, mappingOf, readIncoming, unfailing } from '../intake/message.js';
import { appendRejected, resolutionRecord } from './record.js';

/** A message read again, kept for the next of its items. */
interface Reread {
  readonly place: string;
  readonly kept: Kept;
  readonly reading: Reading;
}

/**
 * Tries rejections again with the adapters and mappings of today, as of the moment the message came in: so the events have the ids and bytes that
 * they would have had then. First the events are appended, then what says that the rejection is resolved; who dies in between and tries
 * again finds duplicates, and goes on.
 */
export class Retry {
  private last: Reread | undefined;
  private readonly ways: Required<ReadingWays>;

  constructor(
    private readonly log: EventLog,
    private readonly now: () => Millis,
    { mappings = [], read = readIncoming }: ReadingWays = {},
  ) {
    this.ways = { mappings, read: unfailing(read) };
  }

  /** One after the other: the caller sees to that, and calls `forget` when it is done. */
  async one(rejection: Rejection): Promise<Retried> {
    if (rejection.resolved) return { id: rejection.id, status: 'resolved', accepted: 0, duplicates: 0, rejected: 0 };
    const { inbox } = rejection;
    if (!inbox) return stays(rejection, [noMessage(rejection)]);
    const again = await this.reread(inbox);
    if (!again) return stays(rejection, [gone(inbox, rejection)]);
    if ('unreadable' in again.reading) return stays(rejection, again.reading.unreadable);
    const items = itemsOf(rejection, again.reading.items);
    if (items.some(({ ok }) => ok)) return this.resolve({ ...rejection, inbox }, items, again);
    const faults = items.filter(isRejected).flatMap((item) => item.faults);
    return stays(rejection, faults.length > 0 ? faults : [noItem(rejection)]);
  }

  /** The message read last is let go: what follows may be read by other adapters. */
  forget(): void {
    this.last = undefined;
  }

  private async resolve(
    rejection: RejectedMessage,
    items: readonly Item[],
    { kept, reading }: Reread,
  ): Promise<Retried> {
    const { accepted, duplicates } = await appendEvents(this.log, items, rejection.cell, kept.received);
    const format = 'format' in reading ? reading.format : undefined;
    const about = { ...rejection, received: parseInstant(rejection.received)!, format };
    const wrong = items.filter(isRejected);
    await appendRejected(this.log, wrong, about, { unique: true });
    await this.log.append(topics.rejected, [
      resolutionRecord(rejection, this.now(), accepted.length + duplicates.length),
    ]);
    const counts = { accepted: accepted.length, duplicates: duplicates.length, rejected: wrong.length };
    return { id: rejection.id, status: 'resolved', ...counts };
  }

  private async reread({ partition, offset }: Place): Promise<Reread | undefined> {
    const place = `${partition}/${offset}`;
    if (this.last?.place === place) return this.last;
    const kept = await keptAt(this.log, partition, offset);
    this.last = kept && { place, kept, reading: this.readAgain(kept) };
    return this.last;
  }

  /**
   * By its sender's mapping, which came with it; else by the service's as it is today, since it may be what has been mended, or as it was
   * then where it is gone.
   */
  private readAgain({ message, mappingThen, received }: Kept): Reading {
    const today = mappingOf(message, this.ways.mappings);
    const mapping = today.mapping ?? mappingThen;
    return (mapping ? undefined : today.unreadable) ?? this.ways.read({ ...message, mapping }, received);
  }
}

type Place = NonNullable<Rejection['inbox']>;
type RejectedMessage = Rejection & { readonly inbox: Place };

const MOST_FAULTS = 20;

const isRejected = (item: Item): item is RejectedItem => !item.ok;

/**
 * All items for a message that was rejected whole. Else the one at the place of the rejection: adapters that were mended may count
 * items in another way, so the place counts, and the number only where several are at it.
 */
function itemsOf({ index, pointer }: Rejection, items: readonly Item[]): readonly Item[] {
  if (index === undefined) return items;
  const there = items.filter((item) => item.pointer === pointer);
  return there.length > 1 ? there.filter((item) => item.index === index) : there;
}

const stays = ({ id }: Rejection, faults: readonly Fault[]): Retried => ({
  id,
  status: 'rejected',
  accepted: 0,
  duplicates: 0,
  rejected: 1,
  faults: faults
    .slice(0, MOST_FAULTS)
    .map(({ pointer, message, value }) => ({ pointer, message, ...(value !== undefined && { value }) })),
});

/** A record is in the log already: its reader takes it once it can. */
const noMessage = ({ pointer, record, reader }: Rejection): Fault => ({
  pointer,
  value: record && `${record.topic}/${record.partition}/${record.offset}`,
  message: `is a record that the reader ${reader} could not take, not a message: mend the reader, which reads it anew when it begins anew`,
});

const gone = ({ partition, offset }: Place, { pointer }: Rejection): Fault => ({
  pointer,
  value: `${partition}-${offset}`,
  message: 'is in a message that the inbox keeps no more: send it again',
});

const noItem = ({ pointer }: Rejection): Fault => ({
  pointer,
  message: 'has no item of its own any more, as the message is read today: send it again',
});
