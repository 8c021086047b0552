import { writeFile } from 'node:fs/promises';
import { type PlanDocument, type ProblemDocument, type ProblemError, parseProblem } from '@portolan/domain';
import {
  type EngineName,
  type Language,
  LivePlan,
  type OptimizeOptions,
  engineNamed,
  engineNames,
  languages,
  solve,
} from '@portolan/planning';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { CommandFailure, exitCodes } from '../exit.js';
import { linesOf, readJson } from '../json-file.js';
import { explanationIn, explanationText } from './explanation.js';
import { replan } from './re-planning.js';

interface SolveOptions {
  engine: EngineName;
  out?: string;
  timeLimit?: number;
  apply?: string;
  explain?: string;
  lang: Language;
  json?: boolean;
}

const examples = `
Examples:
  $ portolan solve problem.json
  $ portolan solve problem.json --engine javascript-lp-solver --out plan.json
  $ cat problem.json | portolan solve - | jq .objective.total
  $ portolan solve problem.json --apply changes.jsonl     # one JSON line of result for each line of changes
  $ portolan solve problem.json --explain ORDER-17 --lang nl --out plan.json`;

export function registerSolve(program: Command): void {
  program
    .command('solve')
    .description('solve a planning problem (portolan.problem/1) to its proven optimum and print the plan')
    .argument('<problem>', 'a file, or - for standard input')
    .addOption(new Option('--engine <engine>', 'the LP engine').choices(engineNames).default(engineNames[0]))
    .option('--out <file>', 'write the plan to a file instead of standard output')
    .option('--time-limit <seconds>', 'stop then, with an honest gap', seconds)
    .option(
      '--apply <changes>',
      're-optimize after each line of a file of changes (docs/changes.md), - for standard input',
    )
    .option('--explain <shipment>', 'print why it travels as the plan says (docs/explanations.md) instead of the plan')
    .addOption(new Option('--lang <language>', 'of the explanation').choices(languages).default(languages[0]))
    .option('--json', 'errors, and the explanation also on a terminal, as JSON')
    .addHelpText('after', examples)
    .action(solveFile);
}

async function solveFile(path: string, options: SolveOptions): Promise<void> {
  if (path === '-' && options.apply === '-')
    throw new CommandFailure(exitCodes.wrongUse, 'only one of problem and changes can come from standard input');
  if (options.explain !== undefined && options.apply !== undefined)
    throw new CommandFailure(exitCodes.wrongUse, 'only one of --explain and --apply: an explanation is of one plan');
  const parsed = parseProblem(await readJson(path));
  if (!parsed.ok) throw new CommandFailure(exitCodes.rejected, faultText(path, parsed.errors, options.json === true));
  if (options.apply !== undefined) return applyChanges(parsed.problem.document, options.apply, options);
  if (options.explain !== undefined) return explain(parsed.problem.document, options.explain, options);
  const plan = await solve(parsed.problem, {
    engine: options.engine,
    clock: () => performance.now(),
    ...(options.timeLimit !== undefined && { timeLimitSeconds: options.timeLimit }),
  });
  await write(plan, options);
}

/** The explanation goes to standard output, the plan to `--out`. */
async function explain(document: ProblemDocument, demand: string, options: SolveOptions): Promise<void> {
  const live = new LivePlan(document, await engineNamed(options.engine));
  if (live.problem.demandById.has(demand)) live.optimize(limitsOf(options));
  const explanation = explanationIn(live, demand);
  process.stdout.write(explanationText(explanation, options.lang, options.json === true || !process.stdout.isTTY));
  if (options.out !== undefined) await write(live.plan(false), options);
}

function limitsOf({ timeLimit }: SolveOptions): OptimizeOptions {
  const clock = () => performance.now();
  return { clock, ...(timeLimit !== undefined && { deadline: clock() + timeLimit * 1000 }) };
}

/** One line of result on standard output for each line of changes; the plan after the last goes to `--out`. */
async function applyChanges(document: ProblemDocument, path: string, options: SolveOptions): Promise<void> {
  const lines = await linesOf(path);
  const live = new LivePlan(document, await engineNamed(options.engine));
  live.optimize();
  let wrong = 0;
  for await (const result of replan(live, lines, options.timeLimit)) {
    process.stdout.write(`${JSON.stringify(result)}\n`);
    if ('errors' in result) wrong++;
  }
  if (options.out !== undefined) await write(live.plan(), options);
  if (wrong > 0)
    throw new CommandFailure(
      exitCodes.rejected,
      `${wrong} ${wrong === 1 ? 'line was' : 'lines were'} wrong and changed nothing`,
    );
}

async function write(plan: PlanDocument, { out }: SolveOptions): Promise<void> {
  const text = `${JSON.stringify(plan, null, 2)}\n`;
  if (out === undefined) process.stdout.write(text);
  else await writeFile(out, text);
}

function faultText(path: string, errors: readonly ProblemError[], json: boolean): string {
  if (json) return JSON.stringify({ file: path, errors }, null, 2);
  const lines = errors.map(({ pointer, value, message }) => `  ${pointer || '/'}: ${shown(value)}${message}`);
  return [
    `${path} is not a valid problem, ${errors.length} ${errors.length === 1 ? 'error' : 'errors'}:`,
    ...lines,
  ].join('\n');
}

const shown = (value: unknown): string => (value === undefined ? '' : `${JSON.stringify(value).slice(0, 80)} `);

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('must be a number of seconds above 0.');
  return value;
}
