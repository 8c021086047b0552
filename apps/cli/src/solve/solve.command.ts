import { writeFile } from 'node:fs/promises';
import { type ProblemError, parseProblem } from '@portolan/domain';
import { solve } from '@portolan/planning';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { CommandFailure, exitCodes } from '../exit.js';
import { readJson } from '../json-file.js';

interface SolveOptions {
  engine: 'highs' | 'javascript-lp-solver';
  out?: string;
  timeLimit?: number;
  json?: boolean;
}

const examples = `
Examples:
  $ portolan solve problem.json
  $ portolan solve problem.json --engine javascript-lp-solver --out plan.json
  $ cat problem.json | portolan solve - | jq .objective.total`;

export function registerSolve(program: Command): void {
  program
    .command('solve')
    .description('solve a planning problem (portolan.problem/1) to its proven optimum and print the plan')
    .argument('<problem>', 'a file, or - for standard input')
    .addOption(
      new Option('--engine <engine>', 'the LP engine').choices(['highs', 'javascript-lp-solver']).default('highs'),
    )
    .option('--out <file>', 'write the plan to a file instead of standard output')
    .option('--time-limit <seconds>', 'stop then, with an honest gap', seconds)
    .option('--json', 'errors as JSON')
    .addHelpText('after', examples)
    .action(solveFile);
}

async function solveFile(path: string, options: SolveOptions): Promise<void> {
  const parsed = parseProblem(await readJson(path));
  if (!parsed.ok) throw new CommandFailure(exitCodes.rejected, faultText(path, parsed.errors, options.json === true));
  const plan = await solve(parsed.problem, {
    engine: options.engine,
    clock: () => performance.now(),
    ...(options.timeLimit !== undefined && { timeLimitSeconds: options.timeLimit }),
  });
  const text = `${JSON.stringify(plan, null, 2)}\n`;
  if (options.out === undefined) process.stdout.write(text);
  else await writeFile(options.out, text);
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
