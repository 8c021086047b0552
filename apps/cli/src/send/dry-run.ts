import { readMessage } from '@portolan/formats';
import type { Fault, EventDraft } from '@portolan/domain';
import type { MessageFile } from './message-file.js';
import { type Reading, type SendPart, messagesOf } from './messages.js';

/** What one item would become, or why not. */
export interface DryItem {
  readonly index: number;
  readonly pointer: string;
  readonly events?: readonly DryEvent[];
  readonly rejected?: readonly Fault[];
}

export interface DryEvent {
  readonly event: EventDraft;
  /** Doubts about what the message says; the event is kept with them. */
  readonly flags?: readonly string[];
  /** The file said it before. */
  readonly duplicate?: true;
}

/** Newest events that a repetition is recognised among: memory does not grow with the file. */
const REMEMBERED = 100_000;

/**
 * What the service would say, as far as the file itself tells: it does not know what was sent before. Gives the items one after the
 * other, or why a message cannot be read at all.
 */
export async function* dryRun(
  file: MessageFile,
  reading: Reading,
  received: number,
): AsyncGenerator<DryItem | { readonly refused: string }> {
  const seen = new Set<string>();
  for await (const part of messagesOf(file, reading)) {
    if ('refused' in part) yield part;
    else yield* itemsOf(part, { ...file, ...reading }, received, seen);
  }
}

function* itemsOf(
  { body, format, before, inFile, place }: SendPart,
  { contentType, mapping }: MessageFile & Reading,
  received: number,
  seen: Set<string>,
): Generator<DryItem | { readonly refused: string }> {
  const reading = readMessage({ body, format, contentType, mapping }, { received });
  if ('unreadable' in reading) {
    const faults = reading.unreadable.map((fault) => inFile(fault, before));
    return yield {
      refused: place + faults.map(({ pointer, message }) => `${pointer && `${pointer}: `}${message}`).join('; '),
    };
  }
  for (const item of reading.items) {
    const { pointer } = inFile({ pointer: item.pointer, message: '' }, before);
    const about = { index: item.index + before.items, pointer };
    if (item.ok) yield { ...about, events: item.events.map((event) => dryEvent(event, seen)) };
    else yield { ...about, rejected: item.faults.map((fault) => inFile(fault, before)) };
  }
}

function dryEvent(event: EventDraft, seen: Set<string>): DryEvent {
  const flags = flagsOf(event);
  const key = `${event.source} ${event.id}`;
  const duplicate = seen.has(key);
  seen.add(key);
  if (seen.size > REMEMBERED) seen.delete(seen.values().next().value!);
  return { event, ...(flags.length > 0 && { flags }), ...(duplicate && { duplicate }) };
}

/** Adapters write them beside the data, or into its extensions where the data has no place for them. */
function flagsOf({ data }: EventDraft): readonly string[] {
  const { flags, extensions } = data as { flags?: string[]; extensions?: { flags?: unknown } };
  return [flags, extensions?.flags].flat().filter((flag): flag is string => typeof flag === 'string');
}
