import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** How a process of its own ended: with a value, at its time limit, or badly. */
export type Ended<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly reason: string };

const running = new Set<ChildProcess>();
// A run that is stopped takes its children with it.
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** What a child writes when it begins what is limited. */
const BEGINS = 'begins\n';

/** In a child: from here on its time counts. */
export const begins = (): boolean => process.stdout.write(BEGINS);

/** In a child: its value, as the last thing it writes. */
export const ends = (value: unknown): boolean => process.stdout.write(JSON.stringify(value));

/**
 * Runs a script of this folder in a process of its own, with this process's own flags: so that it can be stopped, and its memory is its own.
 * @param seconds from `begins` on, after which it is killed
 */
export function inProcess<T>(script: string, args: readonly string[], seconds = Infinity): Promise<Ended<T>> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, path, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const written = outputOf(child, seconds);
  return new Promise((resolve) =>
    child.on('close', (code) => {
      clearTimeout(written.timer);
      running.delete(child);
      if (written.stopped) resolve({ kind: 'stopped' });
      else if (code === 0) resolve({ kind: 'done', value: JSON.parse(written.output.replace(BEGINS, '')) as T });
      else resolve({ kind: 'failed', reason: written.errors.trim().slice(-2000) || `exit ${code}` });
    }),
  );
}

function outputOf(child: ChildProcessByStdio<null, Readable, Readable>, seconds: number) {
  const written = { output: '', errors: '', stopped: false, timer: undefined as NodeJS.Timeout | undefined };
  child.stderr.on('data', (chunk: Buffer) => (written.errors += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    written.output += chunk.toString();
    if (written.timer || seconds === Infinity || !written.output.startsWith(BEGINS)) return;
    written.timer = setTimeout(() => {
      written.stopped = true;
      child.kill('SIGKILL');
    }, seconds * 1000);
  });
  return written;
}
