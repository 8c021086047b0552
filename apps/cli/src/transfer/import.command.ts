import { encodeEvent } from '@portolan/formats';
import type { Entry } from '@portolan/replay';
import { type EventLog, openEmbeddedLog, topics } from '@portolan/streams';
import type { Command } from 'commander';
import { join } from 'node:path';
import { entriesIn } from '../log/event-file.js';
import { liveLog } from '../log/log-source.js';
import { forPeople, print } from '../output.js';
import { type MessageFile, messageFile } from '../send/message-file.js';

interface ImportOptions {
  data?: string;
  cell?: string;
  json?: boolean;
}

interface Imported {
  accepted: number;
  duplicates: number;
}

const AT_ONCE = 2000;

const examples = `
FILE is what \`portolan export\` wrote. The whole file is checked before the first event is appended; what the log has already is left out,
so that an import that broke off is simply done again. Plans are not imported: the optimizer makes them.

Examples:
  $ portolan import march.jsonl.gz                       into the log that the settings name
  $ portolan import march.jsonl.gz --data /tmp/march     into a folder, made where it is missing
  $ portolan import march.jsonl.gz --cell trial          as another planning cell`;

export function registerImport(program: Command): void {
  program
    .command('import')
    .description('append exported events to a log')
    .argument('<file>', 'CloudEvents, one a line; .gz is unpacked')
    .option('--data <dir>', 'the folder of data whose embedded log takes them, while nothing runs on it')
    .option('--cell <name>', 'the planning cell they shall belong to, instead of their own')
    .option('--json', 'the result as JSON, also when standard output is no terminal')
    .addHelpText('after', examples)
    .action(importFile);
}

async function importFile(path: string, options: ImportOptions): Promise<void> {
  const file = await messageFile(path);
  await checkWhole(file);
  const { data } = options;
  const log = data === undefined ? await liveLog(true) : await openEmbeddedLog({ directory: join(data, 'log') });
  try {
    const imported = await appendAll(log, file, options.cell);
    await print(
      forPeople(options)
        ? `${imported.accepted} events imported, ${imported.duplicates} were there already\n`
        : `${JSON.stringify(imported)}\n`,
    );
  } finally {
    await log.close();
  }
}

/** Fails where a line is no event. */
async function checkWhole(file: MessageFile): Promise<void> {
  for await (const _ of entriesIn(file));
}

async function appendAll(log: EventLog, file: MessageFile, cell: string | undefined): Promise<Imported> {
  const imported: Imported = { accepted: 0, duplicates: 0 };
  for await (const entries of entriesIn(file))
    for (let from = 0; from < entries.length; from += AT_ONCE)
      for (const { duplicate } of await append(log, entries.slice(from, from + AT_ONCE), cell))
        imported[duplicate ? 'duplicates' : 'accepted']++;
  return imported;
}

const append = (log: EventLog, entries: readonly Entry[], cell: string | undefined) =>
  log.append(
    topics.events,
    entries.map(({ event }) => encodeEvent(cell === undefined ? event : { ...event, partitionkey: cell })),
  );
