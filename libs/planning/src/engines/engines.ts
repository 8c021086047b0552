import type { Engine } from './engine.js';
import { highsEngine } from './highs.js';
import { javascriptLpSolverEngine } from './javascript-lp-solver.js';

export type EngineName = Engine['name'];

/** All engines, the one to be used by default first. */
export const engineNames = ['simplex', 'highs', 'javascript-lp-solver'] as const satisfies readonly EngineName[];

/** `simplex`: the master program is kept in our own simplex; HiGHS solves what else there is, such as integer programs. */
export async function engineNamed(name: EngineName): Promise<Engine> {
  if (name === 'javascript-lp-solver') return javascriptLpSolverEngine;
  return { ...(await highsEngine()), name };
}
