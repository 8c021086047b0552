import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

const repository = resolve(import.meta.dirname, '../../../..');
const source = [
  '--conditions=@portolan/source',
  ...['--import', join(repository, 'tools/register.mjs')],
  join(repository, 'apps/cli/src/main.ts'),
];
/** A shell that Ctrl-C does not end tells how its command ended. */
const TELLING = 'trap : INT; "$@"; exit $?';

export interface Interrupted {
  readonly code: number;
  readonly out: string;
  readonly told: string;
  /** From Ctrl-C to the end. */
  readonly milliseconds: number;
  /** What is in its working and temporary folder afterwards. */
  readonly left: readonly string[];
}

/**
 * Runs `portolan` as a process of its own, and presses Ctrl-C: every process of its terminal is told.
 * @param moment behind its first output, or after so many milliseconds
 */
export async function interrupted(args: readonly string[], moment: 'output' | number): Promise<Interrupted> {
  const cwd = mkdtempSync(join(tmpdir(), 'portolan-interrupted-'));
  const env = { ...process.env, NODE_OPTIONS: '', TMPDIR: cwd };
  const command = ['-c', TELLING, 'sh', process.execPath, ...source, ...args];
  const shell = spawn('sh', command, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(shell, 'close') as Promise<[number]>;
  const output = Promise.all([text(shell.stdout), text(shell.stderr)]);
  try {
    await Promise.race([moment === 'output' ? once(shell.stdout, 'data') : pause(moment), ended]);
    const pressed = performance.now();
    process.kill(-shell.pid!, 'SIGINT');
    const [code] = await ended;
    const [out, told] = await output;
    return { code, out, told, milliseconds: performance.now() - pressed, left: readdirSync(cwd) };
  } finally {
    rmSync(cwd, { recursive: true });
  }
}
