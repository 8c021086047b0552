import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Comparison } from '@portolan/replay';
import { runCommand } from '../testing/run-command.js';
import { registerHindsight } from '../hindsight/hindsight.command.js';
import { registerWhatIf } from './what-if.command.js';

const at = (hour: number) => `2026-03-02T${String(hour).padStart(2, '0')}:00:00Z`;
const event = (hour: number, type: string, data: object) => ({
  specversion: '1.0',
  id: `${type}/${JSON.stringify(data).slice(0, 40)}`,
  source: '/test',
  type: `org.portolan.${type}`,
  time: at(hour),
  recordedtime: at(hour),
  partitionkey: 'c',
  data,
});
const barge = {
  id: 'BARGE',
  mode: 'barge',
  calls: [
    { location: 'QUAY', departs: at(20) },
    { location: 'INLAND', arrives: at(23) },
  ],
  legs: [{ capacity: 6, cost: 40, co2eKg: 5 }],
};
const log = [
  event(0, 'parameters.changed', { unservedPenalty: 2000 }),
  event(0, 'location.changed', { id: 'QUAY' }),
  event(0, 'location.changed', { id: 'INLAND' }),
  event(0, 'service.scheduled', barge),
  ...[1, 2].map((hour) =>
    event(hour, 'order.placed', { id: `O${hour}`, from: 'QUAY', to: 'INLAND', quantity: 3, available: at(hour) }),
  ),
];
const scenario = (...changes: string[]) => `format: portolan.scenario/1
name: Less room
variants:
  - name: half
    changes:
${changes.map((change) => `      - ${change}\n`).join('')}`;

describe('portolan what-if', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'portolan-what-if-'));
    writeFileSync(join(folder, 'log.jsonl'), log.map((each) => JSON.stringify(each)).join('\n'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const compared = (...args: string[]) =>
    runCommand(registerWhatIf, 'what-if', ...args, '--log', join(folder, 'log.jsonl'));

  it('compares, and writes reports', async () => {
    const out = join(folder, 'reports');
    const given = file('half.yaml', scenario(`capacity: { service: BARGE, factor: 0.5, known: "${at(1)}" }`));
    const { out: printed, told } = await compared(given, '--out', out);
    expect(told).toBe('');
    const comparison = JSON.parse(printed) as Comparison;
    expect(comparison.variants[0]!.difference).toMatchObject({ total: 3 * 2000 - 3 * 40, unserved: 3 });
    expect(readdirSync(out).sort()).toEqual([
      'comparison.json',
      'decisions.csv',
      'loads.csv',
      'report.html',
      'resources.csv',
      'series.csv',
      'shipments.csv',
      'totals.csv',
    ]);
    expect(JSON.parse(readFileSync(join(out, 'comparison.json'), 'utf8'))).toEqual(comparison);
  });

  it('gives several scenarios a folder each', async () => {
    const files = ['a.yaml', 'b.yaml'].map((name) => file(name, scenario('drop: { subject: O1 }')));
    await compared(...files, '--out', join(folder, 'reports'));
    expect(readdirSync(join(folder, 'reports')).sort()).toEqual(['a', 'b']);
  });

  it('tells everything that is wrong with all scenarios, each with its file, line and column, and writes nothing', async () => {
    const wrong = file('wrong.yaml', scenario('paint: {}', 'close: { location: QUAY }'));
    const other = file('other.yaml', 'format: [');
    const { code, told } = await compared(wrong, other, '--out', join(folder, 'reports'));
    expect(code).toBe(1);
    expect(told.split('\n')).toEqual([
      expect.stringMatching(/wrong\.yaml: line 6, column 16: \/variants\/0\/changes\/0\/paint is not a known field/),
      expect.stringMatching(/wrong\.yaml: line 6, column 9: \/variants\/0\/changes\/0 must be exactly one of/),
      expect.stringMatching(/wrong\.yaml: line 7, column 16: .*\/close\/from /),
      expect.stringMatching(/wrong\.yaml: line 7, column 16: .*\/close\/to /),
      expect.stringMatching(/other\.yaml: line 1, column 10: is not YAML/),
    ]);
    const unknown = file('unknown.yaml', scenario('drop: { subject: O9 }', 'capacity: { service: BARGES, factor: 2 }'));
    expect((await compared(unknown, '--out', join(folder, 'reports'))).told.split('\n')).toEqual([
      expect.stringMatching(/line 6, column 15: .* means no event of the log$/),
      expect.stringMatching(/line 7, column 30: .*BARGES\) is no service of the log; did you mean BARGE\?$/),
    ]);
    expect(existsSync(join(folder, 'reports'))).toBe(false);
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const prices = Array.from({ length: 200 }, (_, price) => price);
    const many = file('many.yaml', scenario(`set: { parameter: co2PricePerTonne, value: [${prices.join(', ')}] }`));
    const out = join(folder, 'reports');
    const running = compared(many, '--out', out);
    while (!existsSync(out)) await new Promise((resolve) => setTimeout(resolve, 1));
    process.emit('SIGINT', 'SIGINT');
    expect(await running).toMatchObject({ code: 130, told: 'cancelled: nothing was written' });
    expect(existsSync(out)).toBe(false);
  });

  it('looks back: what not knowing has cost', async () => {
    const { out, told } = await runCommand(registerHindsight, 'hindsight', join(folder, 'log.jsonl'));
    expect(told).toBe('');
    expect(JSON.parse(out)).toMatchObject({
      format: 'portolan.hindsight/1',
      regret: 0,
      orders: [],
      recommendations: [],
    });
    const none = await runCommand(
      registerHindsight,
      'hindsight',
      join(folder, 'log.jsonl'),
      '--until',
      at(0),
      '--cell',
      'x',
    );
    expect([none.code, none.told]).toEqual([1, expect.stringMatching(/the log has no event of cell x in that time$/)]);
  });

  it('wants one planning cell', async () => {
    const others = log.map((each) => JSON.stringify({ ...each, partitionkey: 'other' }));
    file('log.jsonl', [...log.map((each) => JSON.stringify(each)), ...others].join('\n'));
    const given = file('half.yaml', scenario('drop: { subject: O1 }'));
    expect((await compared(given)).told).toMatch('the log has several planning cells: c, other. Name one as base.cell');
  });
});
