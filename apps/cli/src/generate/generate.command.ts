import { join } from 'node:path';
import type { ProblemDocument } from '@portolan/domain';
import { syntheticHinterland } from '@portolan/synthetic';
import { type Command, InvalidArgumentError } from 'commander';
import { Progress } from '../send/progress.js';
import { eventLines, problemText } from './documents.js';
import { readyFolder, writeText } from './folder.js';
import { type Summary, table } from './summary.js';

interface GenerateOptions {
  shipments: number;
  seed: number;
  out: string;
  unitSize?: number;
  force?: boolean;
  json?: boolean;
}

const MOST = 1_000_000;

const examples = `
Writes DIR/problem.json, to be solved, and DIR/events.jsonl, the event log that leads to it and two weeks of what happens
then. Places, lines and distances between Le Havre, Rotterdam, Vienna and Milan are real; schedules, prices and goods are made up.
The same numbers give the same bytes.

Examples:
  $ portolan generate --shipments 300 --out small
  $ portolan generate --shipments 20000 --seed 7 --out large && portolan solve large/problem.json --out plan.json
  $ portolan generate --shipments 300 --unit-size 1 --out whole      containers do not split
  $ portolan generate --shipments 300 --out small --force --json | jq .legs`;

export function registerGenerate(program: Command): void {
  program
    .command('generate')
    .description('make a synthetic, realistic hinterland of any size: a planning problem and its event log')
    .requiredOption('--shipments <count>', `how many demands, 1 to ${MOST}`, shipments)
    .requiredOption('--out <dir>', 'where to write; made if it is not there')
    .option('--seed <number>', 'another number gives another hinterland', seed, 1)
    .option('--unit-size <quantity>', 'goods move in whole multiples of it (TEU); without, they may be split', unitSize)
    .option('--force', 'write into a folder that is not empty')
    .option('--json', 'the summary as JSON, also when standard output is no terminal')
    .addHelpText('after', examples)
    .action(generate);
}

async function generate(options: GenerateOptions): Promise<void> {
  await readyFolder(options.out, options.force === true);
  const progress = new Progress(3);
  try {
    const summary = await write(options, progress);
    progress.end();
    process.stdout.write(options.json || !process.stdout.isTTY ? `${JSON.stringify(summary)}\n` : table(summary));
  } finally {
    progress.end();
  }
}

async function write({ shipments, seed, unitSize, out }: GenerateOptions, progress: Progress): Promise<Summary> {
  progress.at(0, 'timetables and goods');
  const { problem, events } = syntheticHinterland({ shipments, seed, ...(unitSize !== undefined && { unitSize }) });
  progress.at(1, 'problem.json');
  const problemFile = join(out, 'problem.json');
  const problemBytes = await writeText(problemFile, problemText(problem));
  const eventsFile = join(out, 'events.jsonl');
  let count = 0;
  const lines = eventLines(events(), (written) => progress.at(2, `events.jsonl, ${(count = written)} events`));
  const eventsBytes = await writeText(eventsFile, lines);
  return {
    shipments,
    seed,
    ...sizesOf(problem),
    files: {
      problem: { path: problemFile, bytes: problemBytes },
      events: { path: eventsFile, bytes: eventsBytes, events: count },
    },
  };
}

function sizesOf({ locations, services, supplies = [], demands }: ProblemDocument) {
  const runs = services.flatMap(({ legs }) => (legs ? [legs.length] : []));
  return {
    locations: locations.length,
    runs: runs.length,
    legs: runs.reduce((sum, legs) => sum + legs, 0),
    trucks: services.length - runs.length,
    lots: supplies.length,
    quantity: demands.reduce((sum, { quantity }) => sum + quantity, 0),
  };
}

function shipments(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > MOST)
    throw new InvalidArgumentError(`must be a whole number from 1 to ${MOST}.`);
  return count;
}

function seed(text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new InvalidArgumentError(`must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}.`);
  return value;
}

function unitSize(text: string): number {
  const size = Number(text);
  if (!(size > 0) || !Number.isFinite(size))
    throw new InvalidArgumentError('must be a number of TEU above 0, such as 1.');
  return size;
}
