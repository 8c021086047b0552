import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { jest } from '@jest/globals';
import { isRunning, killProcess, removeFolder, stopProcess, temporaryFolder } from '../../tools/servers/servers.mjs';

describe('a process that even SIGKILL does not end', () => {
  let child: ChildProcess;
  let pid: number;
  let unkillable: ReturnType<typeof jest.spyOn>;

  beforeEach(async () => {
    child = spawn('sh', ['-c', 'trap "" TERM; echo ready; while :; do sleep 0.1; done'], { stdio: 'pipe' });
    await once(child.stdout!, 'data');
    pid = child.pid!;
    // As one is that waits in the kernel for a disk that is gone: no signal reaches it.
    const kill = process.kill.bind(process);
    unkillable = jest
      .spyOn(process, 'kill')
      .mockImplementation((id, signal) => (signal === 'SIGKILL' ? true : kill(id, signal)));
  });

  afterEach(async () => {
    unkillable.mockRestore();
    process.kill(pid, 'SIGKILL');
    await once(child, 'exit');
  });

  it('is not waited for longer than was said, and named with its state', async () => {
    const began = Date.now();
    await expect(killProcess({ pid }, 0.3)).rejects.toThrow(
      new RegExp(`^Process ${pid} is still there 0.3 s after SIGKILL, in state .+ does not answer\\.$`),
    );
    expect(Date.now() - began).toBeLessThan(5_000);
    expect(isRunning(pid)).toBe(true);
  });

  it('keeps its folder when it should be stopped', async () => {
    const folder = temporaryFolder('survivor');
    await expect(stopProcess({ pid, folder }, 0.3, 0.2)).rejects.toThrow(
      `Process ${pid} is still there 0.2 s after SIGKILL`,
    );
    expect(existsSync(folder)).toBe(true);
    removeFolder(folder);
  });
});
