import { begins, ends } from './processes.js';
import { readProgram } from './program-file.js';
import { type SolverName, solvers } from './solvers.js';

// node … solver-process.ts SOLVER FILE: solves the program in the file from scratch.
const [name, file] = process.argv.slice(2) as [SolverName, string];
const solve = await solvers[name](readProgram(file));
begins();
const began = performance.now();
const objective = solve();
ends({ objective, milliseconds: performance.now() - began });
