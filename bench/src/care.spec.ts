import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isRunning } from '../../tools/servers/servers.mjs';
import { until } from './patience.js';

interface Started {
  readonly pid: number;
  readonly folder: string;
  readonly scratch: string;
}

const script = fileURLToPath(new URL('./care-process.mjs', import.meta.url));

async function started(how: string): Promise<{ readonly child: ChildProcess; readonly left: Started }> {
  const child = spawn(process.execPath, [script, how], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, left: JSON.parse(line) as Started };
}

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
};

const areGone = ({ pid, folder, scratch }: Started) => !isRunning(pid) && ![folder, scratch].some(existsSync);

describe('what a process has started', () => {
  it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('is gone soon after it has got %s', async (signal) => {
    const { child, left } = await started('wait');
    expect([isRunning(left.pid), existsSync(left.folder), existsSync(left.scratch)]).toEqual([true, true, true]);
    child.kill(signal);
    await ended(child);
    await until(() => areGone(left), { seconds: 10, what: 'the end of what it left behind' });
  });

  it('is gone soon after it has thrown', async () => {
    const { child, left } = await started('throw');
    await ended(child);
    await until(() => areGone(left), { seconds: 10, what: 'the end of what it left behind' });
  });

  it('stays where it was let go', async () => {
    const { child, left } = await started('let go');
    await ended(child);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect([isRunning(left.pid), existsSync(left.folder), existsSync(left.scratch)]).toEqual([true, true, true]);
    process.kill(left.pid);
    for (const folder of [left.folder, left.scratch]) rmSync(folder, { recursive: true });
  });
});
