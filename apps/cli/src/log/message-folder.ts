import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Millis } from '@portolan/domain';
import { CommandFailure, exitCodes } from '../exit.js';
import { unreadable } from '../json-file.js';
import { type MessageFile, bytesOf, messageFile } from '../send/message-file.js';
import type { LogSource, SourceOptions } from './log-source.js';
import { MessageReader, type RawEvent, type RawMessage, rawLog } from './raw-messages.js';
import { isRecorded, recordedIn } from './recorded-messages.js';
import { linesIn } from './text-lines.js';

/** By when messages were received, or by when what they tell occurred. */
export type Order = 'received' | 'event';

const CELL = 'default';

/**
 * Files of any known format as one log. By reception: a file was received when it was last written, and a line `{at, format, body}` when
 * it says so. By event: when what it tells occurred; what names no time of its own, such as a list of orders, was known before all else.
 */
export async function messageFolder(
  folder: string,
  { cell = CELL, order = 'received' }: SourceOptions,
): Promise<LogSource> {
  const events = inOrder(await eventsIn(folder), order);
  if (events.length === 0)
    throw new CommandFailure(exitCodes.rejected, `${folder} has no message in it that could be read`);
  return rawLog(events, cell);
}

async function eventsIn(folder: string): Promise<RawEvent[]> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw unreadable(folder, error);
  });
  const reader = new MessageReader();
  const events: RawEvent[] = [];
  for (const name of names.sort()) {
    const path = join(folder, name);
    const about = await stat(path);
    if (!about.isFile()) continue;
    for await (const message of messagesIn(await messageFile(path), name, about.mtimeMs))
      events.push(...reader.events(message));
  }
  reader.end();
  return events;
}

async function* messagesIn(file: MessageFile, name: string, written: Millis): AsyncGenerator<RawMessage> {
  if (await startsRecorded(file)) return yield* recordedIn(file);
  const { contentType } = file;
  yield {
    place: name,
    received: Math.floor(written / 1000) * 1000,
    isFile: true,
    body: await bytesOf(file),
    contentType,
  };
}

async function startsRecorded(file: MessageFile): Promise<boolean> {
  if (!/\.jsonl(\.gz)?$/.test(file.file)) return false;
  for await (const lines of linesIn(file)) {
    const first = lines.find((line) => line.trim() !== '');
    if (first !== undefined) return isRecorded(first);
  }
  return false;
}

/** Stable: what came at the same moment stays as the files have it. */
function inOrder(events: readonly RawEvent[], order: Order): RawEvent[] {
  if (order === 'received') return events.toSorted((a, b) => a.received - b.received);
  const earliest = events.reduce((least, { occurred = Infinity }) => Math.min(least, occurred), Infinity);
  return events
    .map((event) => ({ ...event, received: event.occurred ?? (earliest === Infinity ? event.received : earliest) }))
    .toSorted((a, b) => a.received - b.received);
}
