import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Millis, parseInstant } from '@portolan/domain';
import { type Entries, isWithin, linesOf } from '@portolan/replay';
import { type Command, InvalidArgumentError } from 'commander';
import { CommandFailure, exitCodes } from '../exit.js';
import { logSource } from '../log/log-source.js';
import { instant } from '../options.js';
import { print } from '../output.js';

interface ExportOptions {
  since?: Millis;
  until?: Millis;
  cell?: string;
  format: 'jsonl';
  out?: string;
}

const examples = `
One CloudEvent a line, in the order of the log, with its position as sequence. Behind the events at which the live optimizer planned a line
says so: a replay of the file plans there, too. LOG is live (what the settings name; the default), or the folder of a Portolan's data.

Examples:
  $ portolan export --out march.jsonl.gz
  $ portolan export .portolan --since 2026-03-05T00:00:00Z | jq -r .type | sort | uniq -c
  $ PORTOLAN_LOG=kafka PORTOLAN_KAFKA_BROKERS=127.0.0.1:9092 portolan export --cell antwerp --out antwerp.jsonl.gz`;

export function registerExport(program: Command): void {
  program
    .command('export')
    .description('the log as CloudEvents, one a line')
    .argument('[log]', 'live, a folder, or a file', 'live')
    .option('--since <instant>', 'only what was received then or later', instant)
    .option('--until <instant>', 'leave out what was received later', instant)
    .option('--cell <name>', 'only this planning cell')
    .option('--format <format>', 'jsonl', jsonl, 'jsonl')
    .option('--out <file>', 'where to write, packed where it ends in .gz; without, to standard output')
    .addHelpText('after', examples)
    .action(exportLog);
}

async function exportLog(log: string, options: ExportOptions): Promise<void> {
  const source = await logSource(log, options);
  try {
    const lines = linesIn(source.entries(), options);
    if (options.out === undefined) for await (const line of lines) await print(line);
    else await write(lines, options.out);
  } finally {
    await source.close();
  }
}

async function* linesIn(entries: Entries, options: ExportOptions): AsyncGenerator<string> {
  const { since = -Infinity } = options;
  for await (const part of entries) {
    const within = part.filter((entry) => isWithin(entry, options) && parseInstant(entry.event.recordedtime)! >= since);
    const text = within.flatMap((entry) => [...linesOf(entry)]).join('');
    if (text !== '') yield text;
  }
}

async function write(lines: AsyncIterable<string>, file: string): Promise<void> {
  const target = createWriteStream(file);
  try {
    if (file.endsWith('.gz')) await pipeline(Readable.from(lines), createGzip(), target);
    else await pipeline(Readable.from(lines), target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new CommandFailure(exitCodes.environment, `cannot write ${file}: ${(error as Error).message}`);
  }
}

function jsonl(text: string): 'jsonl' {
  if (text === 'jsonl') return text;
  throw new InvalidArgumentError('must be jsonl: it is the only one so far.');
}
