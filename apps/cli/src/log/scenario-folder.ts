import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseInstant } from '@portolan/domain';
import { CommandFailure, exitCodes } from '../exit.js';
import { readJson, unreadable } from '../json-file.js';
import { messageFile } from '../send/message-file.js';
import type { LogSource } from './log-source.js';
import { recordedIn } from './recorded-messages.js';
import { MessageReader, type RawEvent, rawLog } from './raw-messages.js';

interface About {
  readonly cell: string;
  readonly start: string;
  readonly initial: readonly string[];
  readonly log: string;
}

/** A folder as `portolan up --demo` plays: what is known at the start, then messages with the moments of their reception. */
export async function scenarioFolder(folder: string, cell?: string): Promise<LogSource> {
  const about = aboutIn(await readJson(join(folder, 'scenario.json')), folder);
  return rawLog(await eventsOf(folder, about), cell ?? about.cell);
}

async function eventsOf(folder: string, { start, initial, log }: About): Promise<RawEvent[]> {
  const reader = new MessageReader();
  const events: RawEvent[] = [];
  for (const name of initial) {
    const path = join(folder, name);
    const { contentType } = await messageFile(path);
    const body = await readFile(path).catch((error: unknown) => {
      throw unreadable(path, error);
    });
    events.push(...reader.events({ place: name, received: parseInstant(start)!, body, contentType }));
  }
  for await (const message of recordedIn(await messageFile(join(folder, log)))) events.push(...reader.events(message));
  reader.end();
  return events;
}

function aboutIn(json: unknown, folder: string): About {
  const { cell, start, initial, log } = json as Partial<About>;
  const isList = Array.isArray(initial) && initial.every((name) => typeof name === 'string');
  if (typeof cell === 'string' && parseInstant(String(start)) !== undefined && isList && typeof log === 'string')
    return json as About;
  throw new CommandFailure(
    exitCodes.rejected,
    `${join(folder, 'scenario.json')} must have cell, start (an instant), initial (names of files) and log (the name of a file)`,
  );
}
