import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseMapping } from '@portolan/formats';
import { registerSend } from '../send/send.command.js';
import { runCommand } from '../testing/run-command.js';
import { registerMap } from './map.command.js';

const folder = mkdtempSync(join(tmpdir(), 'portolan-map-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, contents: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, contents);
  return path;
}

const map = (...args: string[]) => runCommand(registerMap, 'map', ...args);
const table = 'Dossier;Van;Naar;Aantal;Klaar\nD-1;BEANR;BELGG;2,5;13/03/2026 10:00\n';

describe('portolan map', () => {
  it('proposes a mapping by which the table can be sent, unedited', async () => {
    const [path, out] = [file('Dossiers März.csv', table), join(folder, 'dossiers.yaml')];
    expect(await map(path, '--out', out)).toMatchObject({ code: 0, out: '' });
    expect(parseMapping(readFileSync(out, 'utf8'))).toMatchObject({
      ok: true,
      value: { name: 'dossiers-marz', kind: 'orders' },
    });
    const sent = await runCommand(registerSend, 'send', '--dry-run', '--mapping', out, path);
    expect(JSON.parse(sent.out)).toMatchObject({ accepted: 1, rejected: 0 });
  });

  it('prints it, for the kind and the name that are asked for, also of what is compressed', async () => {
    const { out } = await map(
      file('moves.csv.gz', gzipSync('box;what;when\n')),
      '--kind',
      'org.portolan.equipment.moved',
      '--name',
      'gate',
    );
    expect(out).toMatch(/^# Proposed by portolan map[^]*name: gate\nkind: equipment\.moved\n/);
  });

  it.each<[string, string[], number, RegExp]>([
    ['a kind that is none', ['--kind', 'order', 'x'], 2, /must be one of orders, lots/],
    ['a file that is not there', ['nowhere.csv'], 2, /no such file/],
    [
      'a table of nothing known',
      [file('colours.csv', 'colour;size\nred;2\n')],
      1,
      /colours\.csv has no columns that tell what it is/,
    ],
    ['what is not gzip', [file('a.csv.gz', table)], 1, /is not gzip/],
    ['a sheet that is not there', ['--sheet', 'x', file('b.xlsx', 'PK\u0003\u0004')], 1, /its end is missing/],
  ])('is told %s', async (_, args, code, told) => {
    expect(await map(...args)).toMatchObject({ code, told: expect.stringMatching(told) as string });
  });

  it('does not write over a file unless it is told to', async () => {
    const out = file('kept.yaml', 'mine');
    const path = file('dossiers.csv', table);
    expect(await map(path, '--out', out)).toMatchObject({ code: 2, told: expect.stringMatching(/--force/) as string });
    expect(readFileSync(out, 'utf8')).toBe('mine');
    expect(await map(path, '--out', out, '--force')).toMatchObject({ code: 0 });
  });
});
