import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Comparison } from '@portolan/replay';
import { rowIn, workedTable } from './testing/worked-table.js';

const run = promisify(execFile);
const repository = resolve(import.meta.dirname, '../../../..');
const page = readFileSync(resolve(repository, 'docs/what-if.md'), 'utf8');

/** Which of several best plans is found may change with the planner, and with it what policies accept: a tenth, or 150. */
const near = (told: number, found: number) => Math.abs(told - found) <= Math.max(150, Math.abs(told) / 10);

/** In a process of its own, from the repository's root, as the page has it. */
async function portolan(...args: string[]): Promise<string> {
  const source = ['--conditions=@portolan/source', '--import', './tools/register.mjs', 'apps/cli/src/main.ts'];
  const { stdout } = await run(process.execPath, [...source, ...args], {
    cwd: repository,
    env: { ...process.env, NODE_OPTIONS: '' },
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

describe('the worked scenarios of docs/what-if.md', () => {
  it.each(['strike', 'co2-ladder', 'barge-more'])(
    '%s comes to what the page says',
    async (name) => {
      expect(page).toContain(`../examples/scenarios/${name}.yaml`);
      const out = await portolan('what-if', `examples/scenarios/${name}.yaml`, '--json');
      const far = workedTable(JSON.parse(out) as Comparison).flatMap(([variant, ...found]) => {
        const [, ...written] = rowIn(page, String(variant));
        return written.every((each, index) => near(Number(each), Number(found[index]))) ? [] : [[variant, ...found]];
      });
      expect(far).toEqual([]);
    },
    240_000,
  );
});
