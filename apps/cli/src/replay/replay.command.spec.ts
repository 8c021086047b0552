import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { KeyFigures } from '@portolan/replay';
import { runCommand } from '../testing/run-command.js';
import { registerExport } from '../transfer/export.command.js';
import { registerImport } from '../transfer/import.command.js';
import { registerReplay } from './replay.command.js';

const at = (hour: number) => `2026-03-0${2 + Math.floor(hour / 24)}T${String(hour % 24).padStart(2, '0')}:00:00Z`;
const event = (hour: number, type: string, data: object) => ({
  specversion: '1.0',
  id: `${type}/${JSON.stringify(data).slice(0, 40)}`,
  source: '/test',
  type: `org.portolan.${type}`,
  time: at(hour),
  data,
});

const network = [
  event(0, 'parameters.changed', { unservedPenalty: 2000, autoAccept: ['book'] }),
  event(0, 'location.changed', { id: 'QUAY' }),
  event(0, 'location.changed', { id: 'INLAND' }),
  event(0, 'service.scheduled', {
    id: 'BARGE',
    mode: 'barge',
    calls: [
      { location: 'QUAY', departs: at(20) },
      { location: 'INLAND', arrives: at(30) },
    ],
    legs: [{ capacity: 6, cost: 40, co2eKg: 5 }],
  }),
];
const order = (hour: number, id: string, quantity: number) => ({
  at: at(hour),
  format: 'cloudevents',
  body: event(hour, 'order.placed', { id, from: 'QUAY', to: 'INLAND', quantity, available: at(hour), due: at(40) }),
});

describe('portolan replay, export and import', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portolan-replay-'));
    const messages = join(folder, 'messages');
    mkdirSync(messages);
    writeFileSync(join(messages, 'network.json'), JSON.stringify(network));
    utimesSync(join(messages, 'network.json'), new Date(at(0)), new Date(at(0)));
    const later = [order(1, 'A', 4), order(2, 'B', 5)];
    writeFileSync(join(messages, 'later.jsonl'), later.map((each) => JSON.stringify(each)).join('\n'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const replayed = async (...args: string[]) => {
    const { out, code, told } = await runCommand(registerReplay, 'replay', ...args);
    expect([code, told]).toEqual([0, '']);
    return out;
  };
  const figuresOf = (out: string) =>
    out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as KeyFigures);

  it('plans a folder of messages in the order of their reception, and accepts what the policy accepts', async () => {
    const figures = figuresOf(await replayed(join(folder, 'messages'), '--cell', 'c'));
    expect(
      figures.map(({ now, events, objective, unserved }) => [now, events, objective.total, unserved.quantity]),
    ).toEqual([
      [at(0), 4, 0, 0],
      [at(1), 1, 160, 0],
      [at(1), 1, 160, 0],
      [at(2), 1, 240 + 3 * 2000, 3],
    ]);
  });

  it('plans at every hour of the log when told to, and leaves out what came later than wanted', async () => {
    const figures = figuresOf(await replayed(join(folder, 'messages'), '--every', 'PT2H', '--until', at(1)));
    expect(figures.map(({ now, demands }) => [now, demands])).toEqual([
      [at(1), 1],
      [at(1), 1],
    ]);
  });

  it('takes messages by when what they tell occurred', async () => {
    utimesSync(join(folder, 'messages', 'network.json'), new Date(at(9)), new Date(at(9)));
    const figures = figuresOf(await replayed(join(folder, 'messages'), '--order', 'event'));
    expect(figures.map(({ now }) => now)).toEqual([at(0), at(1), at(1), at(2)]);
  });

  it('gives the same bytes from a file and from an imported log as from one another', async () => {
    const [file, data] = [join(folder, 'log.jsonl.gz'), join(folder, 'data')];
    await runCommand(registerExport, 'export', join(folder, 'messages'), '--cell', 'c', '--out', file);
    expect(gunzipSync(readFileSync(file)).toString().trim().split('\n')).toHaveLength(6);
    const imported = await runCommand(registerImport, 'import', file, '--data', data);
    expect(JSON.parse(imported.out)).toEqual({ accepted: 6, duplicates: 0 });
    expect(JSON.parse((await runCommand(registerImport, 'import', file, '--data', data)).out)).toEqual({
      accepted: 0,
      duplicates: 6,
    });
    const plans = await replayed(file, '--plans', '--every', 'PT1H');
    expect(plans.split('\n')).toHaveLength(4);
    expect(await replayed(data, '--plans', '--every', 'PT1H')).toBe(plans);
  });

  it('exports what was received within a span', async () => {
    const { out } = await runCommand(
      registerExport,
      'export',
      join(folder, 'messages'),
      '--since',
      at(1),
      '--until',
      at(1),
    );
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { sequence: string }).sequence),
    ).toEqual(['4']);
  });

  it('names the line that is no event, and imports nothing of such a file', async () => {
    const file = join(folder, 'bad.jsonl');
    const good = { ...event(0, 'clock.ticked', { now: at(0) }), recordedtime: at(0), partitionkey: 'c' };
    writeFileSync(file, `${JSON.stringify(good)}\n${JSON.stringify({ ...good, data: { now: 'noon' } })}\n`);
    const refused = await runCommand(registerReplay, 'replay', file);
    expect([refused.code, refused.told]).toEqual([
      1,
      `${file}, line 2: /data/now ("noon") must be an RFC 3339 instant with an offset, such as 2026-03-05T10:00:00Z`,
    ]);
    expect((await runCommand(registerImport, 'import', file, '--data', join(folder, 'none'))).code).toBe(1);
    expect((await runCommand(registerReplay, 'replay', join(folder, 'none'))).told).toMatch('there is no such file');
  });

  it('says what would be right', async () => {
    expect((await runCommand(registerReplay, 'replay', folder, '--speed', 'fast')).told).toMatch(
      'must be a factor above 0, such as 60x',
    );
    expect((await runCommand(registerReplay, 'replay', folder, '--order', 'any')).told).toMatch(
      'must be received or event',
    );
    expect((await runCommand(registerReplay, 'replay', folder)).told).toMatch(
      'has no message in it that could be read',
    );
  });
});
