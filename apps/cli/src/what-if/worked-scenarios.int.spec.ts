import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Comparison } from '@portolan/replay';
import { runCommand } from '../testing/run-command.js';
import { rowIn, workedTable } from './testing/worked-table.js';
import { registerWhatIf } from './what-if.command.js';

const repository = resolve(import.meta.dirname, '../../../..');
const page = readFileSync(resolve(repository, 'docs/what-if.md'), 'utf8');

/** Which of several best plans is found may change with the planner, and with it what policies accept: a tenth, or 150. */
const near = (told: number, found: number) => Math.abs(told - found) <= Math.max(150, Math.abs(told) / 10);

describe('the worked scenarios of docs/what-if.md', () => {
  it.each(['strike', 'co2-ladder', 'barge-more'])(
    '%s comes to what the page says',
    async (name) => {
      expect(page).toContain(`../examples/scenarios/${name}.yaml`);
      const log = resolve(repository, 'examples/antwerp-hinterland/data');
      const scenario = resolve(repository, `examples/scenarios/${name}.yaml`);
      const { out, told } = await runCommand(registerWhatIf, 'what-if', scenario, '--log', log, '--json');
      expect(told).toBe('');
      const far = workedTable(JSON.parse(out) as Comparison).flatMap(([variant, ...found]) => {
        const [, ...written] = rowIn(page, String(variant));
        return written.every((each, index) => near(Number(each), Number(found[index]))) ? [] : [[variant, ...found]];
      });
      expect(far).toEqual([]);
    },
    240_000,
  );
});
