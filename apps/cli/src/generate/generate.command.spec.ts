import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type PlanDocument, parseEvent } from '@portolan/domain';
import { syntheticHinterland } from '@portolan/synthetic';
import { runCommand } from '../testing/run-command.js';
import { registerGenerate } from './generate.command.js';
import { table } from './summary.js';

const folder = mkdtempSync(join(tmpdir(), 'portolan-generate-'));
afterAll(() => rmSync(folder, { recursive: true }));

const generate = (...args: string[]) => runCommand(registerGenerate, 'generate', ...args);

const text = (...path: string[]) => readFileSync(join(folder, ...path), 'utf8');
const digests = (name: string) =>
  ['problem.json', 'events.jsonl'].map((file) => createHash('sha256').update(text(name, file)).digest('hex'));

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What `portolan solve` says, in a process of its own: the search runs twenty times slower in Jest's sandbox. */
async function solved(problem: string): Promise<PlanDocument> {
  const loader = ['--conditions=@portolan/source', '--import', source('../../../../tools/register.mjs')];
  const command = [...loader, source('../main.ts'), 'solve', problem];
  const { NODE_OPTIONS: _, ...env } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, command, { env, maxBuffer: 1 << 26 });
  return JSON.parse(stdout) as PlanDocument;
}

describe('portolan generate', () => {
  it('writes a problem and its event log, and tells how large they are', async () => {
    const { out, code } = await generate('--shipments', '40', '--seed', '3', '--out', join(folder, 'a', 'b'));
    const problem: unknown = JSON.parse(text('a', 'b', 'problem.json'));
    const events = text('a', 'b', 'events.jsonl').trimEnd().split('\n');
    expect(problem).toEqual(syntheticHinterland({ shipments: 40, seed: 3 }).problem);
    expect(events.filter((line) => !parseEvent(JSON.parse(line)).ok)).toEqual([]);
    expect([code, JSON.parse(out)]).toMatchObject([
      0,
      {
        shipments: 40,
        seed: 3,
        files: {
          problem: { bytes: Buffer.byteLength(text('a', 'b', 'problem.json')) },
          events: { events: events.length, bytes: Buffer.byteLength(text('a', 'b', 'events.jsonl')) },
        },
      },
    ]);
  });

  it('writes the same bytes for the same seed, and others for another', async () => {
    for (const [name, seed] of [
      ['same', '5'],
      ['again', '5'],
      ['other', '6'],
    ] as const)
      await generate('--shipments', '30', '--seed', seed, '--out', join(folder, name));
    expect(digests('same')).toEqual(digests('again'));
    expect(digests('same')[0]).not.toBe(digests('other')[0]);
  });

  it('makes a problem that is solved to its proven optimum', async () => {
    await generate('--shipments', '300', '--out', join(folder, 'solvable'));
    const plan = await solved(join(folder, 'solvable', 'problem.json'));
    expect(plan.status).toBe('optimal');
    expect(plan.certificate.gap).toBeLessThan(1e-6);
    const unserved = plan.unserved.reduce((sum, { quantity }) => sum + quantity, 0);
    expect(unserved).toBeLessThan(0.01 * plan.flows.reduce((sum, { quantity }) => sum + quantity, 0));
  });

  it('leaves a folder that is not empty alone unless it is forced', async () => {
    const used = mkdtempSync(join(folder, 'used-'));
    writeFileSync(join(used, 'mine.txt'), 'mine');
    const refused = await generate('--shipments', '5', '--out', used);
    expect(refused).toMatchObject({ code: 2, told: expect.stringContaining('mine.txt') as string });
    expect(readdirSync(used)).toEqual(['mine.txt']);
    expect(await generate('--shipments', '5', '--out', used, '--force')).toMatchObject({ code: 0 });
    expect(readdirSync(used).sort()).toEqual(['events.jsonl', 'mine.txt', 'problem.json']);
  });

  it('does not take a file for a folder', async () => {
    writeFileSync(join(folder, 'file'), '');
    expect(await generate('--shipments', '5', '--out', join(folder, 'file'))).toMatchObject({ code: 2 });
  });

  it.each([
    [['--shipments', '0']],
    [['--shipments', '1000001']],
    [['--shipments', '2.5']],
    [['--shipments', 'many']],
    [['--shipments', '5', '--seed', '-1']],
    [['--shipments', '5', '--seed', 'x']],
    [['--shipments', '5', '--unit-size', '0']],
    [['--seed', '1']],
  ])('ends with 2 and says what would be right: %j', async (args) => {
    const { code, told } = await generate(...args, '--out', join(folder, 'never'));
    expect(code).toBe(2);
    expect(told).toMatch(/must be|not specified/);
    expect(readdirSync(folder)).not.toContain('never');
  });

  it('ends with 2 when it is not told where to write', async () =>
    expect(await generate('--shipments', '5')).toMatchObject({ code: 2 }));

  it('shows people a table', () => {
    const files = {
      problem: { path: 'd/problem.json', bytes: 1_250_000 },
      events: { path: 'd/e', bytes: 0, events: 7 },
    };
    const counts = { shipments: 9, locations: 8, runs: 7, legs: 6, trucks: 5, lots: 4, quantity: 3 };
    expect(table({ ...counts, seed: 1, files })).toContain('problem    d/problem.json, 1.3 MB\n');
  });
});
