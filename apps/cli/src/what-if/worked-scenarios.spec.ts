import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Comparison } from '@portolan/replay';
import { runCommand } from '../testing/run-command.js';
import { registerWhatIf } from './what-if.command.js';
import { workedTable } from './testing/worked-table.js';

const repository = resolve(import.meta.dirname, '../../../..');
const read = (path: string) => readFileSync(resolve(repository, path), 'utf8');

describe('the worked scenarios of docs/what-if.md', () => {
  const page = read('docs/what-if.md');

  it.each(['strike', 'co2-ladder', 'barge-more'])(
    '%s comes to what the page says',
    async (name) => {
      expect(page).toContain(`../examples/scenarios/${name}.yaml`);
      const log = resolve(repository, 'examples/antwerp-hinterland/data');
      const scenario = resolve(repository, `examples/scenarios/${name}.yaml`);
      const { out, told } = await runCommand(registerWhatIf, 'what-if', scenario, '--log', log, '--json');
      expect(told).toBe('');
      for (const row of workedTable(JSON.parse(out) as Comparison)) expect(page.replaceAll(/ +/g, ' ')).toContain(row);
    },
    180_000,
  );
});
