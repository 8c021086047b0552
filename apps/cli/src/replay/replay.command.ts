import { setTimeout as pause } from 'node:timers/promises';
import { type CellPlanner, planningHere, planningInThread } from '@portolan/cells';
import { type Millis, parseInstant } from '@portolan/domain';
import { type KeyFigures, type ReplayStep, keyFigures, paceFor, replay } from '@portolan/replay';
import { type Command, InvalidArgumentError } from 'commander';
import { logSource } from '../log/log-source.js';
import type { Order } from '../log/message-folder.js';
import { duration, instant, workers } from '../options.js';
import { forPeople, print } from '../output.js';
import { snapshotsFor } from './snapshots.js';
import { heading, row } from './table.js';

interface ReplayCommandOptions {
  until?: Millis;
  fromSnapshot?: boolean;
  every?: Millis;
  speed?: number;
  cell?: string;
  order: Order;
  plans?: boolean;
  workers: number;
  json?: boolean;
}

const examples = `
LOG is a file that \`portolan export\` wrote (CloudEvents, one a line, .gz too), a folder with messages of any known format, a folder with
scenario.json, the folder of a Portolan's data on which nothing runs, or the word live: the log that the settings name, such as Kafka.
It plans where the live optimizer did; for logs that do not tell, once for all that came in at one moment. The same log gives the same bytes.

Examples:
  $ portolan replay .portolan                          what was planned, step by step
  $ portolan replay march.jsonl.gz --until 2026-03-05T06:00:00Z --json | jq .objective.total
  $ portolan replay examples/antwerp-hinterland/data --every PT6H
  $ portolan replay inbox/ --order event --cell antwerp
  $ portolan replay live --from-snapshot               only what came after the newest snapshot of each cell
  $ portolan replay live --every PT15M --speed 3600x   an hour a second
  $ portolan replay live --plans > plans.jsonl         each step whole, as on portolan.plans`;

export function registerReplay(program: Command): void {
  program
    .command('replay')
    .description('plan a log once more, and print the key figures of its plans')
    .argument('<log>', 'a file, a folder, or live')
    .option('--until <instant>', 'leave out what was received later', instant)
    .option(
      '--from-snapshot',
      'begin with the newest snapshots in the log, instead of its first event: what follows is the same',
    )
    .option('--every <duration>', 'plan every so much time of the log, such as PT15M', duration)
    .option('--speed <factor>', 'no faster than so many times real time, such as 60x', speed)
    .option('--cell <name>', 'only this planning cell; for a folder of messages the cell they belong to')
    .option('--order <order>', 'for a folder of messages: received or event', order, 'received')
    .option('--plans', 'each planning step as a whole, one JSON line each, instead of key figures')
    .option('--workers <count>', 'threads that cells are shared among', workers, 1)
    .option('--json', 'JSON lines, also when standard output is a terminal')
    .addHelpText('after', examples)
    .action(replayLog);
}

async function replayLog(log: string, options: ReplayCommandOptions): Promise<void> {
  const source = await logSource(log, options);
  const planners = plannersFor(options.workers);
  try {
    const detail = options.plans ? 'whole' : 'brief';
    const pace = paceFor(source.planned, options.every);
    const beginnings = options.fromSnapshot ? await snapshotsFor(log, source, options) : undefined;
    const steps = replay(source.entries(beginnings), {
      ...options,
      beginnings: beginnings?.cells,
      planners,
      pace,
      detail,
      decides: source.raw,
    });
    await printAll(paced(steps, options.speed), options);
  } finally {
    await Promise.all(planners.map((planner) => planner.close()));
    await source.close();
  }
}

export const plannersFor = (workers: number): CellPlanner[] =>
  workers === 1 ? [planningHere()] : Array.from({ length: workers }, () => planningInThread());

/** Holds each step back until its time has come. */
async function* paced(steps: AsyncIterable<ReplayStep>, factor: number | undefined): AsyncGenerator<ReplayStep> {
  let began: { readonly real: number; readonly told: Millis } | undefined;
  for await (const step of steps) {
    if (factor !== undefined) {
      const told = parseInstant(step.publication.now)!;
      began ??= { real: performance.now(), told };
      const early = (told - began.told) / factor - (performance.now() - began.real);
      if (early > 0) await pause(early);
    }
    yield step;
  }
}

async function printAll(steps: AsyncIterable<ReplayStep>, options: ReplayCommandOptions): Promise<void> {
  const people = forPeople(options) && options.plans !== true;
  if (people) await print(heading());
  for await (const step of steps) {
    if (options.plans) await print(`${JSON.stringify(step.publication)}\n`);
    else await print(people ? row(keyFigures(step)) : `${JSON.stringify(keyFigures(step) satisfies KeyFigures)}\n`);
  }
}

function speed(text: string): number {
  const value = Number(text.replace(/x$/, ''));
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('must be a factor above 0, such as 60x.');
  return value;
}

function order(text: string): Order {
  if (text === 'received' || text === 'event') return text;
  throw new InvalidArgumentError('must be received or event.');
}
