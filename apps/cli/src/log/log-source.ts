import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { faultLine, loadConfig } from '@portolan/platform';
import { type Beginnings, type Entries, beginningsIn, entriesOf } from '@portolan/replay';
import { type EventLog, openEmbeddedLog, openLog } from '@portolan/streams';
import { CommandFailure, exitCodes } from '../exit.js';
import { unreadable } from '../json-file.js';
import { eventFile } from './event-file.js';
import { type Order, messageFolder } from './message-folder.js';
import { scenarioFolder } from './scenario-folder.js';

/** A log to replay, wherever it is. */
export interface LogSource {
  /** All of it, from the first event on, or what these do not know; may be asked for more than once. */
  entries(beginnings?: Beginnings): Entries;
  /** The newest snapshots of its cells, or of one of them; absent where nobody makes any. */
  snapshots?(cell?: string): Promise<Beginnings>;
  /** Does it say where the live optimizer planned? */
  readonly planned: boolean;
  /** Are acceptances by policy absent from it, because no optimizer has seen it? */
  readonly raw: boolean;
  close(): Promise<void>;
}

export interface SourceOptions {
  /** The cell of messages that name none. Default `default`. */
  readonly cell?: string | undefined;
  readonly order?: Order | undefined;
}

/** What LOG means: `live`, an exported file, a folder of data, or a folder of messages. */
export async function logSource(log: string, options: SourceOptions = {}): Promise<LogSource> {
  if (log === 'live') return eventLog(await liveLog());
  if (await isFile(log)) return eventFile(log);
  if (isData(log)) return eventLog(await openEmbeddedLog({ directory: join(log, 'log') }));
  if (existsSync(join(log, 'scenario.json'))) return scenarioFolder(log, options.cell);
  return messageFolder(log, options);
}

/** The log that the settings name, as the services have them. An embedded one must be there, unless it may be made. */
export function liveLog(mayMake = false): Promise<EventLog> {
  const config = loadConfig({ env: process.env });
  if (!config.ok) throw new CommandFailure(exitCodes.wrongUse, config.faults.map(faultLine).join('\n'));
  const { log, data } = config.settings;
  if (log === 'kafka' || mayMake || isData(data)) return openLog(config.settings);
  throw new CommandFailure(
    exitCodes.environment,
    `there is no log in ${data}. PORTOLAN_DATA names another folder; PORTOLAN_LOG=kafka and PORTOLAN_KAFKA_BROKERS a Kafka.`,
  );
}

/** Is there an embedded log below a folder? */
export const isData = (folder: string): boolean => existsSync(join(folder, 'log', 'data.mdb'));

const eventLog = (log: EventLog): LogSource => ({
  entries: (beginnings) => entriesOf(log, undefined, beginnings),
  snapshots: (cell) => beginningsIn(log, cell),
  planned: true,
  raw: false,
  close: () => log.close(),
});

async function isFile(path: string): Promise<boolean> {
  if (path === '-')
    throw new CommandFailure(exitCodes.wrongUse, 'LOG must be a file or a folder: it is read more than once');
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    throw unreadable(path, error);
  }
}
