import { inProcess } from './processes.js';
import { type SolverName, solverNames } from './solvers.js';

/** How another solver did. No time is told of one that ended elsewhere. */
export type Compared =
  | { readonly kind: 'same'; readonly milliseconds: number }
  | { readonly kind: 'stopped'; readonly seconds: number }
  | { readonly kind: 'different'; readonly objective: number }
  | { readonly kind: 'failed'; readonly reason: string };

export type Comparison = Readonly<Partial<Record<SolverName, Compared>>>;

/** Lets the other solvers solve the program in a file, one after the other, each from scratch. */
export async function comparisonOf(file: string, objective: number, seconds: number): Promise<Comparison> {
  const others: Partial<Record<SolverName, Compared>> = {};
  for (const solver of solverNames) others[solver] = await comparedWith(solver, file, objective, seconds);
  return others;
}

async function comparedWith(solver: SolverName, file: string, objective: number, seconds: number): Promise<Compared> {
  const ended = await inProcess<{ objective: number; milliseconds: number }>(
    './solver-process.ts',
    [solver, file],
    seconds,
  );
  if (ended.kind === 'failed') return ended;
  if (ended.kind === 'stopped' || ended.value.milliseconds > seconds * 1000) return { kind: 'stopped', seconds };
  const { value } = ended;
  return isSame(value.objective, objective)
    ? { kind: 'same', milliseconds: value.milliseconds }
    : { kind: 'different', objective: value.objective };
}

/** Equal to 1e-6, relative. */
export const isSame = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b));
