import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from '../testing/received.js';
import { openEmbeddedLog } from './embedded-log.js';

const register = new URL('../../../../tools/register.mjs', import.meta.url);
const appender = fileURLToPath(new URL('../testing/appender.ts', import.meta.url));

/** Starts the appender; `printed` grows with each line it writes. */
const start = (directory: string, run: string): { child: ChildProcess; printed: () => string } => {
  const child = spawn(process.execPath, ['--import', register.href, appender, directory, run], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, printed: () => text };
};

const kill = async (child: ChildProcess): Promise<void> => {
  const exited = once(child, 'close');
  child.kill('SIGKILL');
  await exited;
};

describe('a process with the embedded log', () => {
  let directory: string;

  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'portolan-crash-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  it('loses, doubles and tears nothing that was acknowledged when it is killed in the middle of appends', async () => {
    const acknowledged = new Map<string, number>();
    for (const [run, lines] of [50, 700, 2500].entries()) {
      const { child, printed } = start(directory, `run${run}`);
      await until(() => printed().split('\n').length > lines, 15_000);
      await kill(child);
      for (const [id, offset] of acknowledgements(printed())) acknowledged.set(id, offset);
    }

    const log = await openEmbeddedLog({ directory });
    const [end] = await log.ends('crash');
    const records = await log.read('crash', 0, 0, end as number);
    const again = await log.append('crash', [{ key: 'cell', value: 'x', dedupe: records[0]?.dedupe as string }]);
    await log.close();

    expect(acknowledged.size).toBeGreaterThan(3000);
    expect(records.map(({ offset }) => offset)).toEqual(records.map((_, i) => i));
    const values = records.map(({ value }) => Buffer.from(value).toString().split(' ').slice(0, -1));
    expect(values.every((words) => new Set(words).size === 1)).toBe(true);
    const ids = values.map(([id]) => id as string);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...acknowledged].filter(([id, offset]) => ids[offset] !== id)).toEqual([]);
    // Three records of one append are there together or not at all.
    expect(ids.length % 3).toBe(0);
    expect(again).toEqual([{ topic: 'crash', partition: 0, offset: 0, duplicate: true }]);
  }, 60_000);

  it('keeps others out of its directory, and what it leaves behind when killed is taken over', async () => {
    const { child, printed } = start(directory, 'run');
    await until(() => printed().includes('open'), 15_000);
    const refused = await openEmbeddedLog({ directory }).catch((error: unknown) => error);
    await kill(child);
    const log = await openEmbeddedLog({ directory });
    await log.close();
    expect(refused).toMatchObject({ code: 'log-in-use', retriable: true });
    expect(String(refused)).toContain(`in use by process ${child.pid}`);
  }, 30_000);

  it('does not open its directory a second time itself, until the log is closed', async () => {
    const log = await openEmbeddedLog({ directory });
    await expect(openEmbeddedLog({ directory })).rejects.toMatchObject({ code: 'log-in-use' });
    await log.append('topic', [{ key: 'a', value: 'still works' }]);
    await log.close();
    await (await openEmbeddedLog({ directory })).close();
  });
});

/** Whole lines only: the last one may have been cut off by the kill. */
const acknowledgements = (printed: string): [string, number][] =>
  printed
    .split('\n')
    .slice(1, -1)
    .map((line) => line.split(' '))
    .map(([id, offset]) => [id as string, Number(offset)]);
