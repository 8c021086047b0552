import { type EventDraft, type Millis, formatInstant, parseInstant } from '@portolan/domain';
import { type Mapping, readMessage } from '@portolan/formats';
import type { Entry } from '@portolan/replay';
import { printable } from '../output.js';
import type { LogSource } from './log-source.js';

/** A message as somebody sent it, and when it was received. */
export interface RawMessage {
  /** For people: the file, and the line in it. */
  readonly place: string;
  readonly received: Millis;
  /** Nobody noted when it was received: it is when the file was last written. */
  readonly isFile?: true;
  readonly body: Uint8Array | string;
  readonly format?: string | undefined;
  readonly contentType?: string | undefined;
  readonly mapping?: Mapping | undefined;
}

/** An event as its message says it, still to be put into the order of a log. */
export interface RawEvent {
  readonly draft: EventDraft;
  readonly received: Millis;
  /** When what it tells occurred; absent where neither it nor its message says so. */
  readonly occurred?: Millis;
}

const SHOWN = 10;

/** Reads messages as ingest would. What is rejected is counted, and the first of it told on standard error. */
export class MessageReader {
  private rejected = 0;

  *events(message: RawMessage): Generator<RawEvent> {
    const reading = readMessage(message, { received: message.received });
    if ('unreadable' in reading) return this.reject(message, reading.unreadable[0]);
    for (const item of reading.items)
      if (item.ok) yield* item.events.map((draft) => rawEvent(draft, message));
      else this.reject(message, item.faults[0]);
  }

  /** Told once everything is read. */
  end(): void {
    if (this.rejected > SHOWN)
      process.stderr.write(`… and ${this.rejected - SHOWN} more rejected; \`portolan send --dry-run\` shows all\n`);
  }

  private reject({ place }: RawMessage, fault: { pointer: string; message: string } | undefined): void {
    if (++this.rejected <= SHOWN)
      process.stderr.write(`${printable(`${place} ${fault?.pointer || '/'} rejected: ${fault?.message ?? ''}`)}\n`);
  }
}

/** Adapters give the time of reception to what names no time of its own. */
function rawEvent(draft: EventDraft, { received, isFile }: RawMessage): RawEvent {
  const occurred = parseInstant(draft.time)!;
  return { draft, received, ...((occurred !== received || !isFile) && { occurred }) };
}

/** A log of events that no optimizer has seen. */
export function rawLog(events: Iterable<RawEvent>, cell: string): LogSource {
  const entries = [...logOf(events, cell)];
  return {
    entries: async function* () {
      yield entries;
    },
    planned: false,
    raw: true,
    close: async () => {},
  };
}

/** As ingest puts events into the log: stamped with their reception and cell, each once. */
function* logOf(events: Iterable<RawEvent>, cell: string): Generator<Entry> {
  const seen = new Set<string>();
  for (const { draft, received } of events) {
    const key = `${draft.source} ${draft.id}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const event = { ...draft, specversion: '1.0', recordedtime: formatInstant(received), partitionkey: cell } as const;
    yield { event, position: seen.size - 1 };
  }
}
