import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from '../testing/received.js';
import { openEmbeddedLog } from './embedded-log.js';

const register = new URL('../../../../tools/register.mjs', import.meta.url);
const program = fileURLToPath(new URL('../testing/filling.ts', import.meta.url));
const works = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;

/** A disk that fills up soon, and may get room. */
interface SmallDisk {
  readonly is: string;
  readonly exists: boolean;
  begin(directory: string): void;
  /** What comes before the program in a shell. */
  readonly before: string;
  makeRoom(directory: string, child: ChildProcess): void;
  end(directory: string): void;
}

const limited: SmallDisk = {
  is: 'a limit on the size of files (EFBIG)',
  exists: works('prlimit', '--version'),
  begin: (directory) => void mkdirSync(join(directory, 'log')),
  before: 'ulimit -S -f 4000;',
  makeRoom: (_, { pid }) => void spawnSync('prlimit', ['--pid', `${pid}`, '--fsize=unlimited']),
  end: () => {},
};

/** Of 6 MB; half of it is taken by something else, which is then removed. */
const mounted: SmallDisk = {
  is: 'a small file system (ENOSPC)',
  exists: process.getuid?.() === 0 && mayMount(),
  begin: (directory) => {
    const place = join(directory, 'log');
    mkdirSync(place);
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', place]);
    writeFileSync(join(place, 'other'), Buffer.alloc(3_000_000));
  },
  before: '',
  makeRoom: (directory) => rmSync(join(directory, 'log', 'other')),
  end: (directory) => void spawnSync('umount', [join(directory, 'log')]),
};

function mayMount(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'portolan-mount-'));
  const may = works('mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place);
  if (may) spawnSync('umount', [place]);
  rmSync(place, { recursive: true });
  return may;
}

describe.each([limited, mounted].map((disk) => [disk.is, disk] as const))(
  'the embedded log on a full disk, %s',
  (_, disk) => {
    let directory: string;
    beforeEach(() => {
      directory = mkdtempSync(join(tmpdir(), 'portolan-full-'));
      disk.begin(directory);
    });
    afterEach(() => {
      disk.end(directory);
      rmSync(directory, { recursive: true });
    });

    (disk.exists ? it : it.skip)(
      'says so, loses and tears nothing, and goes on by itself when there is room again',
      async () => {
        const node = `exec '${process.execPath}' --import '${register.href}' '${program}' '${join(directory, 'log')}'`;
        const child = spawn('bash', ['-c', `${disk.before} ${node}`], {
          stdio: ['ignore', 'pipe', 'ignore'],
          env: { ...process.env, NODE_OPTIONS: '' },
        });
        let printed = '';
        child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
        const ended = once(child, 'close');
        await until(() => printed.includes('\n'), 15_000);
        disk.makeRoom(directory, child);
        expect(await ended).toEqual([0, null]);
        const [full, again] = printed.split('\n').map((line) => (line === '' ? {} : (JSON.parse(line) as object)));
        expect(full).toEqual({
          code: 'log-full',
          retriable: true,
          message: expect.stringMatching(/^The log in .* has no room \(.*\)\. Make room on its disk/) as string,
          room: 'log-full',
        });
        expect(again).toMatchObject({ room: 'again', same: true });
        const log = await openEmbeddedLog({ directory: join(directory, 'log') });
        expect(await log.ends('events')).toEqual([(again as { found: number }).found]);
        await log.close();
      },
      30_000,
    );
  },
);
