import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LinearProgram } from '@portolan/planning';
import type { SolverName } from './solvers.js';

export interface Solved {
  readonly objective: number;
  readonly milliseconds: number;
}

/** Solves a program from scratch in a process of its own; `undefined` where that took longer than the limit, or failed. */
export async function solvedBy(name: SolverName, program: LinearProgram, seconds: number): Promise<Solved | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
  try {
    const file = join(folder, 'program.json');
    const finite = (_: string, value: unknown) =>
      value === Infinity ? 'inf' : value === -Infinity ? '-inf' : (value as unknown);
    writeFileSync(file, JSON.stringify(program, finite));
    return await run(name, file, seconds);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(name: SolverName, file: string, seconds: number): Promise<Solved | undefined> {
  const script = fileURLToPath(new URL('./solver-process.ts', import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, script, name, file], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), (seconds + 5) * 1000);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) =>
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(code === 0 ? (JSON.parse(output) as Solved) : undefined);
    }),
  );
}
