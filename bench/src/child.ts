import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { endsWithUs } from '../../tools/servers/servers.mjs';

/** For an orderly end; then it is killed. */
const ORDERLY_MS = 30_000;

/** Runs Node as a process that is gone when this one is. */
export function startNode(args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(process.execPath, args, options);
  endsWithUs(child);
  return child;
}

export const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

/** Resolves when the process is gone. False where it had to be killed, since it did not end when it was told to. */
export async function endNode(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<boolean> {
  if (hasEnded(child)) return true;
  let orderly = true;
  const timer = setTimeout(() => {
    orderly = false;
    child.kill('SIGKILL');
  }, ORDERLY_MS);
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone.finally(() => clearTimeout(timer));
  return orderly;
}
