import type { Millis } from '@portolan/domain';
import { type Hindsight, baseOf, hindsight, paceFor } from '@portolan/replay';
import { type Command, InvalidArgumentError } from 'commander';
import { CommandFailure, exitCodes } from '../exit.js';
import { logSource } from '../log/log-source.js';
import { duration, instant } from '../options.js';
import { forPeople, print } from '../output.js';
import { plannersFor } from '../replay/replay.command.js';
import { Progress } from '../send/progress.js';
import { hindsightTable } from './table.js';

interface HindsightCommandOptions {
  until?: Millis;
  every?: Millis;
  cell?: string;
  recommendations: number;
  json?: boolean;
}

const examples = `
Compares what a log came to with the best plan of somebody who knew all of it at its first moment, order by order. Of accepted
recommendations, those that promised most are taken back, one at a time, to see what they were worth.

Examples:
  $ portolan hindsight .portolan
  $ portolan hindsight march.jsonl.gz --recommendations 50 --json | jq '.recommendations[] | select(.worth < 0)'`;

export function registerHindsight(program: Command): void {
  program
    .command('hindsight')
    .description('what not knowing has cost, and what decisions were worth')
    .argument('<log>', 'as for replay')
    .option('--until <instant>', 'leave out what was received later', instant)
    .option('--every <duration>', 'plan every so much time of the log, such as PT15M', duration)
    .option('--cell <name>', 'the planning cell, where the log has several')
    .option('--recommendations <count>', 'how many accepted recommendations are looked at', count, 10)
    .option('--json', 'the result as JSON, also when standard output is a terminal')
    .addHelpText('after', examples)
    .action(lookBack);
}

async function lookBack(log: string, options: HindsightCommandOptions): Promise<void> {
  const source = await logSource(log, options);
  const [planner] = plannersFor(1);
  try {
    const base = await baseOf(source.entries(), options);
    if (typeof base === 'string') throw new CommandFailure(exitCodes.rejected, `${log}: ${base}`);
    const found = await withProgress((onProgress) =>
      hindsight({
        base,
        pace: paceFor(source.planned, options.every),
        raw: source.raw,
        signal: new AbortController().signal,
        planner: planner!,
        recommendations: options.recommendations,
        onProgress,
      }),
    );
    await print(forPeople(options) ? hindsightTable(found) : `${JSON.stringify(found satisfies Hindsight)}\n`);
  } finally {
    await planner!.close();
    await source.close();
  }
}

async function withProgress<T>(work: (onProgress: (done: number, of: number) => void) => Promise<T>): Promise<T> {
  let progress: Progress | undefined;
  try {
    return await work((done, of) => (progress ??= new Progress(of)).at(done, 'runs'));
  } finally {
    progress?.end();
  }
}

function count(text: string): number {
  const value = Number(text);
  if (!(Number.isInteger(value) && value >= 0 && value <= 10_000))
    throw new InvalidArgumentError('must be a whole number from 0 to 10000.');
  return value;
}
