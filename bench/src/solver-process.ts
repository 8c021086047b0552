import { readFileSync } from 'node:fs';
import type { LinearProgram } from '@portolan/planning';
import { type SolverName, solvers } from './solvers.js';

// A process of its own, so that a solver that takes too long can be stopped: node … solver-process.ts SOLVER PROGRAM.json
const [name, file] = process.argv.slice(2) as [SolverName, string];
const infinite = (_: string, value: unknown) => (value === 'inf' ? Infinity : value === '-inf' ? -Infinity : value);
const program = JSON.parse(readFileSync(file, 'utf8'), infinite) as LinearProgram;
const began = performance.now();
const objective = await solvers[name](program);
process.stdout.write(JSON.stringify({ objective, milliseconds: performance.now() - began }));
