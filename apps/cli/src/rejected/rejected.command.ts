import type { Rejection } from '@portolan/domain';
import { type Command, InvalidArgumentError } from 'commander';
import { CommandFailure, exitCodes } from '../exit.js';
import { forPeople, print, printable } from '../output.js';
import { outcome, sheet, table } from './report.js';
import { serviceAt } from './service.js';
import type { ListQuery, RejectionSource } from './source.js';

interface Options {
  to: string;
  data?: string;
  key?: string;
  json?: boolean;
  since?: string;
  reason?: string;
  format?: string;
  source?: string;
  all?: boolean;
  limit?: number;
}

const examples = `
Examples:
  $ portolan rejected list                             what was rejected and not accepted since, the newest first
  $ portolan rejected list --format csv --since 2026-03-01T00:00:00Z --json
  $ portolan rejected show 0-17                        why, and the message around the place
  $ portolan rejected retry 0-17                       read it again, with the adapters of today
  $ portolan rejected retry --reason quantity          all that are meant
  $ portolan rejected list --data .portolan            without a running service`;

export function registerRejected(program: Command): void {
  const rejected = program
    .command('rejected')
    .description('what was rejected: list it, show why, and try it again once its adapter or mapping is mended')
    .addHelpText('after', examples);
  const list = filtered(reached(rejected.command('list').description('what was rejected, the newest first')));
  list
    .option('--all', 'also what was accepted when it was tried again')
    .option('--limit <n>', 'most lines (default 50)', wholeNumber)
    .action((options: Options) => using(options, (from) => listed(from, options)));
  reached(rejected.command('show').description('one rejection, with the message around the place'))
    .argument('<id>', 'as list has it')
    .action((id: string, options: Options) => using(options, (from) => shown(from, id, options)));
  filtered(reached(rejected.command('retry').description('reads messages again, and takes what is accepted now')))
    .argument('[ids...]', 'as list has them; without any, all that the options mean')
    .action((ids: string[], options: Options) => using(options, (from) => retried(from, ids, options)));
}

const reached = (command: Command): Command =>
  command
    .option('--to <url>', 'where the service listens', process.env.PORTOLAN_URL ?? 'http://127.0.0.1:8080')
    .option('--data <dir>', "the folder of the service's data, while nothing runs on it, instead of --to")
    .option('--key <key>', 'API key (default: the environment variable PORTOLAN_API_KEY)')
    .option('--json', 'the result as JSON, also when standard output is no terminal');

const filtered = (command: Command): Command =>
  command
    .option('--since <instant>', 'received then or later, such as 2026-03-01T00:00:00Z')
    .option('--reason <text>', 'with this in what is said to be wrong')
    .option('--format <name>', 'of this standard, such as csv or dcsa-tnt-3; unknown: nothing could be read')
    .option('--source <text>', 'with this in what the sender said it is, such as the name of the file');

async function using(options: Options, work: (from: RejectionSource) => Promise<void>): Promise<void> {
  const from = await sourceOf(options);
  try {
    await work(from);
  } finally {
    await from.close();
  }
}

async function sourceOf({ to, data, key = process.env.PORTOLAN_API_KEY }: Options): Promise<RejectionSource> {
  if (data === undefined) return serviceAt(to, key);
  // As for `up`, docs/adr/0003-one-process.md: the data is read by the service's own code, in this process.
  const { openRejections } = await import('@portolan/standalone');
  return openRejections(data);
}

const filterOf = ({ since, reason, format, source }: Options): ListQuery => ({ since, reason, format, source });

const LISTED = 50;
const PAGE = 500;

/** Pages may be short or empty where few fit: reads on until there are enough. */
async function listed(from: RejectionSource, options: Options): Promise<void> {
  const { limit = LISTED, all } = options;
  const found: Rejection[] = [];
  let next: string | undefined;
  do {
    const page = await from.list({
      ...filterOf(options),
      ...(all && { all: 'true' }),
      limit: Math.min(PAGE, limit - found.length),
      cursor: next,
    });
    found.push(...page.data);
    next = page.next;
  } while (next !== undefined && found.length < limit);
  const more = next !== undefined;
  if (!forPeople(options)) return print(`${JSON.stringify({ data: found, more })}\n`);
  await print(table(found, all === true) + (more ? `… there may be more: --limit ${limit * 2} shows them\n` : ''));
}

async function shown(from: RejectionSource, id: string, options: Options): Promise<void> {
  const detail = (await from.show(id)) ?? unknown(id);
  await print(forPeople(options) ? sheet(detail) : `${JSON.stringify(detail)}\n`);
}

/** Ends with 1 when anything stays rejected. */
async function retried(from: RejectionSource, ids: readonly string[], options: Options): Promise<void> {
  const filter = filterOf(options);
  if (ids.length > 0 && Object.values(filter).some((value) => value !== undefined))
    throw new CommandFailure(exitCodes.wrongUse, 'name rejections, or say which are meant with options, not both');
  const total = ids.length > 0 ? await each(from, ids, options) : await sweep(from, filter);
  await print(forPeople(options) ? outcome(total) : `${JSON.stringify(total)}\n`);
  if (total.rejected > 0)
    throw new CommandFailure(
      exitCodes.rejected,
      'not everything was accepted: `portolan rejected list` shows what stays',
    );
}

const nothing = () => ({ tried: 0, resolved: 0, rejected: 0, accepted: 0, duplicates: 0 });
type Total = ReturnType<typeof nothing>;

async function each(from: RejectionSource, ids: readonly string[], options: Options): Promise<Total> {
  const total = nothing();
  for (const id of new Set(ids)) {
    const one = (await from.retry(id)) ?? unknown(id);
    add(total, {
      tried: 1,
      resolved: 0,
      rejected: 0,
      [one.status]: 1,
      accepted: one.accepted,
      duplicates: one.duplicates,
    });
    if (forPeople(options))
      for (const { pointer, message } of one.faults ?? [])
        await print(`${printable(`${id} ${pointer || '/'}: ${message}`)}\n`);
  }
  return total;
}

async function sweep(from: RejectionSource, filter: ListQuery): Promise<Total> {
  const total = nothing();
  let next: string | undefined;
  do {
    const { next: further, ...part } = await from.retryAll({ ...filter, cursor: next });
    add(total, part);
    next = further;
  } while (next !== undefined);
  return total;
}

function add(total: Total, part: Total): void {
  for (const name of Object.keys(total) as (keyof Total)[]) total[name] += part[name];
}

function unknown(id: string): never {
  throw new CommandFailure(exitCodes.wrongUse, `there is no rejection ${id}: \`portolan rejected list\` has them`);
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!(Number.isInteger(value) && value > 0)) throw new InvalidArgumentError('must be a whole number above 0.');
  return value;
}
