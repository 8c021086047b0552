import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { interrupted } from './testing/interrupted.js';
import { runCommand } from './testing/run-command.js';
import { registerExport } from './transfer/export.command.js';
import { registerImport } from './transfer/import.command.js';

const example = resolve(import.meta.dirname, '../../../examples/antwerp-hinterland/data');
/** Each takes some 20 s when it is let go on. */
const slow = [example, '--every', 'PT6H'];

describe('Ctrl-C', () => {
  it('ends a replay at once: what was printed are whole lines, and nothing else is left', async () => {
    const { code, out, told, milliseconds, left } = await interrupted(['replay', ...slow], 'output');
    expect([code, told, left]).toEqual([130, '', []]);
    expect(milliseconds).toBeLessThan(1000);
    const lines = out.split('\n');
    expect([lines.length > 1, lines.pop()]).toEqual([true, '']);
    expect(lines.map((line) => typeof JSON.parse(line))).toEqual(lines.map(() => 'object'));
  });

  it('ends a hindsight at once, without half a report', async () => {
    const { code, out, told, milliseconds, left } = await interrupted(['hindsight', ...slow], 4000);
    expect([code, out, told, left]).toEqual([130, '', '', []]);
    expect(milliseconds).toBeLessThan(1000);
  });

  it('leaves a folder of data to whoever comes next, at once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'portolan-interrupted-data-'));
    try {
      const [file, data] = [join(folder, 'log.jsonl'), join(folder, 'data')];
      await runCommand(registerExport, 'export', example, '--out', file);
      expect((await runCommand(registerImport, 'import', file, '--data', data)).code).toBe(0);
      const { code, left } = await interrupted(['replay', data, '--every', 'PT6H'], 'output');
      expect([code, left]).toEqual([130, []]);
      const again = await runCommand(registerExport, 'export', data);
      expect(again.code).toBe(0);
      expect(again.out.trim().split('\n').length).toBeGreaterThan(1000);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
