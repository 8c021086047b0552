import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LinearProgram } from '@portolan/planning';
import { comparisonOf } from './comparison.js';
import { linerNetwork } from './liner-network.js';
import { measure } from './measurement.js';
import { optionsFrom } from './options.js';
import { readProgram, writeProgram } from './program-file.js';
import { slopeOf } from './slope.js';
import { subjectsOf } from './subjects.js';
import { quantile } from './statistics.js';

const document = () => linerNetwork({ ports: 12, services: 6, demands: 22 }, 1);
const options = optionsFrom(['--quick', '--changes', '5']);

describe('a measurement', () => {
  it('throws where the optimum is not the known one', async () => {
    const wrong = { name: 'x', document, known: 1 };
    await expect(measure(wrong, options, () => undefined)).rejects.toThrow('is not its known optimum, 1');
  });

  it('hands over a program that comes back from its file as it was', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
    const programs: LinearProgram[] = [];
    const { comparable } = await measure({ name: 'x', document }, options, (program) => programs.push(program));
    writeProgram(join(folder, 'program'), programs[0]!);
    const { rows, columns } = readProgram(join(folder, 'program'));
    rmSync(folder, { recursive: true });
    expect({ rows, columns }).toEqual({ rows: programs[0]!.rows, columns: programs[0]!.columns });
    expect(comparable).toBeLessThan(0);
  });
});

describe('a comparison', () => {
  it('tells apart a solver that cannot run', async () => {
    const { HiGHS } = await comparisonOf('/nowhere', 0, 10);
    expect(HiGHS).toMatchObject({ kind: 'failed' });
  }, 60_000);
});

describe('the options', () => {
  it('do not let a quick run write over the published figures', () => {
    expect(optionsFrom(['--quick']).out).not.toBe(optionsFrom([]).out);
  });

  it.each([
    ['--sizes', '300,x'],
    ['--changes', '0'],
    ['--seed', '1.5'],
  ])('refuse %s %s', (name, value) => {
    expect(() => optionsFrom([name, value])).toThrow(`${name} (`);
  });
});

describe('the subjects', () => {
  it('name the golden problems as missing where they are not', () => {
    expect(subjectsOf(options, '/nowhere/')[0]).toEqual({ missing: 'golden problems' });
  });
});

describe('the choice of one problem', () => {
  it('leaves out all others', () => {
    const chosen = subjectsOf(optionsFrom(['--only', 'network, 40']), '/nowhere/');
    expect(chosen).toEqual([
      expect.objectContaining({ name: 'liner network, 40' }),
      expect.objectContaining({ name: 'liner network, 4000' }),
    ]);
  });
});

describe('statistics', () => {
  it('take quantiles by the nearest rank', () => {
    const values = Array.from({ length: 300 }, (_, at) => at + 1);
    expect([0.5, 0.9, 0.99].map((share) => quantile(values, share))).toEqual([150, 270, 297]);
    expect(quantile([4], 0.5)).toBe(4);
  });

  it('fit the slope of a line', () => {
    expect(slopeOf([0, 1, 2, 5].map((x) => ({ x, y: 3 * x - 7 })))).toBeCloseTo(3);
  });
});
