import type { Engine } from './engine.js';
import { highsEngine } from './highs.js';
import { javascriptLpSolverEngine } from './javascript-lp-solver.js';

export type EngineName = Engine['name'];

export const engineNamed = async (name: EngineName): Promise<Engine> =>
  name === 'highs' ? highsEngine() : javascriptLpSolverEngine;
