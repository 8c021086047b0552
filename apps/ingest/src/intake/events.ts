import { type EventDraft, type Millis, type PortolanEvent, formatInstant } from '@portolan/domain';
import { type Item, encodeEvent } from '@portolan/formats';
import { type EventLog, type NewRecord, contextIn, isTracing, topics } from '@portolan/streams';
import type { Receipt, Taken } from './receipt.js';

/** Records of one append: a request to the log stays small, and its failure leaves little half done. */
export const RECORDS_AT_ONCE = 2_000;

/** Appends the events of the items that could be read, in their order; what the log has already is a duplicate. */
export async function appendEvents(
  log: EventLog,
  items: readonly Item[],
  cell: string,
  received: Millis,
): Promise<Omit<Receipt, 'rejected'>> {
  const events = items.flatMap((item) => (item.ok ? item.events.map((draft) => ({ index: item.index, draft })) : []));
  const recordedtime = formatInstant(received);
  const [accepted, duplicates]: [Taken[], Taken[]] = [[], []];
  for (let start = 0; start < events.length; start += RECORDS_AT_ONCE) {
    const part = events.slice(start, start + RECORDS_AT_ONCE);
    const appended = await log.append(
      topics.events,
      part.map(({ draft }) => recordOf(draft, cell, recordedtime)),
    );
    part.forEach(({ index, draft }, place) =>
      (appended[place]!.duplicate ? duplicates : accepted).push({ index, id: draft.id }),
    );
  }
  return { accepted, duplicates };
}

const recordOf = (draft: EventDraft, cell: string, recordedtime: string): NewRecord =>
  bornWhereSaid(encodeEvent(completed(draft, cell, recordedtime)), draft);

/** A CloudEvent may say in which trace it came into being (distributed tracing extension): then the log's record says so, too. */
function bornWhereSaid(record: NewRecord, { data }: EventDraft): NewRecord {
  if (!isTracing()) return record;
  const { extensions } = data as { readonly extensions?: { readonly cloudevents?: Readonly<Record<string, unknown>> } };
  const { traceparent, tracestate } = extensions?.cloudevents ?? {};
  if (typeof traceparent !== 'string' || !contextIn({ traceparent })) return record;
  const state = typeof tracestate === 'string' && { ce_tracestate: tracestate };
  return { ...record, headers: { ...record.headers, ce_traceparent: traceparent, ...state } };
}

/** Not by spreading it into a literal, which takes several times as long. */
const completed = (draft: EventDraft, cell: string, recordedtime: string): PortolanEvent =>
  Object.assign({}, draft, { specversion: '1.0', recordedtime, partitionkey: cell }) as PortolanEvent;
