import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const register = new URL('../../../../tools/register.mjs', import.meta.url);
const program = fileURLToPath(new URL('../testing/filling.ts', import.meta.url));
const canLimit = spawnSync('prlimit', ['--version']).status === 0;

describe('the embedded store on a full disk, a limit on the size of files', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'portolan-full-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  (canLimit ? it : it.skip)(
    'says so, loses and tears nothing, and goes on by itself when there is room again',
    async () => {
      const node = `exec '${process.execPath}' --import '${register.href}' '${program}' '${directory}'`;
      const child = spawn('bash', ['-c', `ulimit -S -f 4000; ${node}`], {
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { ...process.env, NODE_OPTIONS: '' },
      });
      const ended = once(child, 'close');
      const told: unknown[] = [];
      for await (const line of createInterface({ input: child.stdout })) {
        told.push(JSON.parse(line));
        spawnSync('prlimit', ['--pid', `${child.pid}`, '--fsize=unlimited']);
      }
      expect(await ended).toEqual([0, null]);
      expect(told).toEqual([
        {
          code: 'store-full',
          retriable: true,
          message: expect.stringMatching(/^The store in .* has no room \(.*\)\. Make room on its disk/) as string,
        },
        { same: true },
      ]);
    },
    30_000,
  );
});
