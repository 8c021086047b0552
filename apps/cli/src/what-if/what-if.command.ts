import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Fault, parseDuration, parseInstant } from '@portolan/domain';
import {
  type Base,
  type Comparison,
  type KeptRuns,
  type Scenario,
  type Variant,
  baseOf,
  compile,
  paceFor,
  parseScenario,
  variantsOf,
  whatIf,
} from '@portolan/replay';
import type { Command } from 'commander';
import { CommandFailure, exitCodes } from '../exit.js';
import { unreadable } from '../json-file.js';
import { type LogSource, logSource } from '../log/log-source.js';
import { workers } from '../options.js';
import { forPeople, print, printable } from '../output.js';
import { plannersFor } from '../replay/replay.command.js';
import { Progress } from '../send/progress.js';
import { openRuns, writeReports } from './reports.js';
import { comparisonTable } from './table.js';

interface WhatIfCommandOptions {
  log?: string;
  out?: string;
  workers: number;
  json?: boolean;
}

const examples = `
A scenario (portolan.scenario/1, YAML or JSON) says what to change in a log: docs/what-if.md. Its variants are compared with the log as it is.
Everything wrong with a scenario is told at once, with its line, before anything is computed. With --out, what a killed run has done is not done again.

Examples:
  $ portolan what-if strike.yaml --log .portolan
  $ portolan what-if strike.yaml co2.yaml --log march.jsonl.gz --out reports    comparison.json, CSV and a page to print
  $ portolan what-if co2.yaml --log live --json | jq '.variants[] | {name, total: .difference.total}'`;

export function registerWhatIf(program: Command): void {
  program
    .command('what-if')
    .description('compare a log with what would have been: a baseline against the variants of scenarios')
    .argument('<scenarios...>', 'scenario files')
    .option('--log <log>', "as for replay; default the scenario's own, then live")
    .option(
      '--out <dir>',
      'write reports there: comparison.json, CSV, report.html; a folder each where there are several',
    )
    .option('--workers <count>', 'variants that are computed at a time', workers, 1)
    .option('--json', 'comparisons as JSON, one a line, also when standard output is a terminal')
    .addHelpText('after', examples)
    .action(compareAll);
}

async function compareAll(files: readonly string[], options: WhatIfCommandOptions): Promise<void> {
  const scenarios = await readAll(files);
  const stopping = new AbortController();
  const stop = (signal: 'SIGINT' | 'SIGTERM') =>
    stopping.abort(new CommandFailure(exitCodes[signal], 'cancelled: nothing was written'));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const planners = plannersFor(options.workers);
  try {
    for (const { file, scenario } of scenarios) {
      const folder = options.out && files.length > 1 ? `${options.out}/${stem(file)}` : options.out;
      const comparison = await compareOne({ file, scenario, folder, options, planners, signal: stopping.signal });
      await print(forPeople(options) ? comparisonTable(comparison) : `${JSON.stringify(comparison)}\n`);
    }
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await Promise.all(planners.map((planner) => planner.close()));
  }
}

const stem = (file: string): string => basename(file).replace(/\.[^.]*$/, '');

interface Read {
  readonly file: string;
  readonly scenario: Scenario;
}

/** All of them, or everything that is wrong with all of them. */
async function readAll(files: readonly string[]): Promise<Read[]> {
  const read = await Promise.all(files.map(async (file) => ({ file, parsed: parseScenario(await textOf(file)) })));
  const wrong = read.flatMap(({ file, parsed }) => (parsed.ok ? [] : linesOf(file, parsed.faults)));
  if (wrong.length > 0) throw new CommandFailure(exitCodes.rejected, wrong.join('\n'));
  return read.flatMap(({ file, parsed }) => (parsed.ok ? [{ file, scenario: parsed.value }] : []));
}

const linesOf = (file: string, faults: readonly Fault[]): string[] =>
  faults.map(({ pointer, message }) =>
    printable(`${file}: ${message.startsWith('line ') ? message : `${pointer || '/'} ${message}`}`),
  );

const textOf = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((error: unknown) => {
    throw unreadable(file, error);
  });

interface Job extends Read {
  readonly folder: string | undefined;
  readonly options: WhatIfCommandOptions;
  readonly planners: ReturnType<typeof plannersFor>;
  readonly signal: AbortSignal;
}

async function compareOne({ file, scenario, folder, options, planners, signal }: Job): Promise<Comparison> {
  const { document } = scenario;
  const { log = 'live', until, cell, every } = document.base ?? {};
  const source = await logSource(options.log ?? log, { cell });
  try {
    const base = await baseIn(source, file, { until: until === undefined ? undefined : parseInstant(until)!, cell });
    const { variants, scripts } = compiled(file, scenario, base);
    const kept = folder === undefined ? undefined : await openRuns(folder, { document, base });
    const pace = paceFor(source.planned, every === undefined ? undefined : parseDuration(every)!);
    const comparison = await withProgress(variants, (onProgress) =>
      whatIf({
        name: document.name,
        base,
        pace,
        raw: source.raw,
        signal,
        variants,
        scripts,
        planners,
        onProgress,
        ...keptOr(kept),
      }),
    ).catch(async (error: unknown) => {
      if (signal.aborted) await kept?.discard();
      throw error;
    });
    if (folder !== undefined) await writeReports(folder, comparison);
    await kept?.discard();
    return comparison;
  } finally {
    await source.close();
  }
}

const keptOr = (kept: KeptRuns | undefined) => (kept ? { kept } : {});

async function baseIn(source: LogSource, file: string, span: Parameters<typeof baseOf>[1]): Promise<Base> {
  const base = await baseOf(source.entries(), span);
  if (typeof base !== 'string') return base;
  throw new CommandFailure(exitCodes.rejected, `${file}: ${base}`);
}

/** What the variants do to the base; fails with everything that is wrong with them. */
function compiled(file: string, { document, placed }: Scenario, base: Base) {
  const expanded = variantsOf(document);
  if ('faults' in expanded) throw rejected(file, expanded.faults.map(placed));
  const outcome = compile(expanded.variants, base);
  if ('faults' in outcome) throw rejected(file, outcome.faults.map(placed));
  return { variants: expanded.variants, scripts: outcome.scripts };
}

const rejected = (file: string, faults: readonly Fault[]): CommandFailure =>
  new CommandFailure(exitCodes.rejected, linesOf(file, faults).join('\n'));

type OnProgress = NonNullable<Parameters<typeof whatIf>[0]['onProgress']>;

async function withProgress<T>(variants: readonly Variant[], work: (onProgress: OnProgress) => Promise<T>): Promise<T> {
  const progress = new Progress(variants.length + 1);
  try {
    return await work(({ done, now }) => progress.at(done, now === undefined ? 'runs' : `baseline at ${now}`));
  } finally {
    progress.end();
  }
}
