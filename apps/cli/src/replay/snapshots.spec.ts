import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlanningCell, planningHere } from '@portolan/cells';
import type { PlanPublication, PortolanEvent } from '@portolan/domain';
import { encodeEvent } from '@portolan/formats';
import { Snapshots } from '@portolan/replay';
import { type EventLog, openEmbeddedLog, topics } from '@portolan/streams';
import { runCommand } from '../testing/run-command.js';
import { registerReplay } from './replay.command.js';

const at = (hour: number) => new Date(Date.UTC(2026, 2, 2, hour)).toISOString().replace('.000Z', 'Z');
const event = (hour: number, id: string, type: string, data: object) =>
  ({
    ...{ specversion: '1.0', id, source: '/test', time: at(hour), recordedtime: at(hour), partitionkey: 'c' },
    ...{ type: `org.portolan.${type}`, data },
  }) as unknown as PortolanEvent;

const opening = [
  event(0, 'quay', 'location.changed', { id: 'QUAY' }),
  event(0, 'inland', 'location.changed', { id: 'INLAND' }),
  ...[1, 2].map((each) =>
    event(0, `barge ${each}`, 'service.scheduled', {
      id: `B${each}`,
      mode: 'barge',
      calls: [
        { location: 'QUAY', departs: at(20) },
        { location: 'INLAND', arrives: at(30) },
      ],
      legs: [{ capacity: 6, cost: 40 }],
    }),
  ),
];
const order = (hour: number) => {
  const lot = { from: 'QUAY', to: 'INLAND', quantity: hour, available: at(hour), due: at(40) };
  return event(hour, `order ${hour}`, 'order.placed', { id: `O${hour}`, ...lot });
};

describe('portolan replay --from-snapshot', () => {
  let data: string;
  let log: EventLog;
  let cell: PlanningCell;
  beforeEach(async () => {
    data = mkdtempSync(join(tmpdir(), 'portolan-snapshot-'));
    log = await openEmbeddedLog({ directory: join(data, 'log') });
    cell = new PlanningCell('c', planningHere());
  });
  afterEach(() => rmSync(data, { recursive: true }));

  /** Planned, as an optimizer does. */
  async function tell(...events: PortolanEvent[]): Promise<void> {
    const appended = await log.append(topics.events, events.map(encodeEvent));
    cell.absorb(events.map((each, index) => ({ event: each, position: appended[index]!.offset })));
    const publication = (await cell.step())!;
    await log.append(topics.plans, [{ key: 'c', value: JSON.stringify(publication) }]);
    cell.published(publication);
  }

  /** @param last the newest event, as the checkpoint says */
  async function save(last: string, withPlan = true): Promise<void> {
    const live = withPlan ? await cell.save() : undefined;
    const snapshots = new Snapshots(log);
    const saved = await snapshots.save({ state: cell.settled, ...(live && { live }) }, undefined);
    const { position: offset } = cell;
    const known = { partition: 0, next: saved.position + 1, last: { offset, id: last }, cells: [saved] };
    await snapshots.append({ format: 'portolan.checkpoint/1', ...known });
  }

  const replayed = async (...args: string[]) => {
    await log.close();
    return runCommand(registerReplay, 'replay', data, ...args);
  };
  const versions = (out: string) =>
    out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as PlanPublication).version);

  it('gives what came after the snapshot, byte for byte, and nothing before', async () => {
    await tell(...opening, order(1));
    await tell(order(2));
    await save('order 2');
    await tell(order(3));
    await tell(order(4));
    const whole = await replayed('--plans');
    expect(versions(whole.out)).toEqual([1, 2, 3, 4]);
    const tail = await replayed('--plans', '--from-snapshot', '--until', at(4), '--cell', 'c');
    expect([tail.code, tail.out]).toEqual([0, whole.out.split('\n').slice(2).join('\n')]);
    expect((await replayed('--from-snapshot', '--until', at(3))).out.trim().split('\n')).toHaveLength(1);
  });

  it('plans what was known and not planned when it was saved, and says when a plan is not in it', async () => {
    await tell(...opening);
    const [appended] = await log.append(topics.events, [encodeEvent(order(1))]);
    cell.absorb([{ event: order(1), position: appended!.offset }]);
    await save('order 1', false);
    const { out, noted } = await replayed('--plans', '--from-snapshot');
    expect(versions(out)).toEqual([2]);
    expect(noted).toMatch('c: the newest snapshot was saved in the middle of planning, without its plan');
  });

  it('says which log has none, is another than that of the snapshots, or begins too late', async () => {
    await tell(...opening, order(1));
    expect((await replayed('--from-snapshot')).told).toMatch(`${data}: it has no snapshot yet: a service writes one`);
    log = await openEmbeddedLog({ directory: join(data, 'log') });
    await save('order 1');
    expect((await replayed('--from-snapshot', '--cell', 'd')).told).toMatch('it has no snapshot of cell d yet');
    expect((await replayed('--from-snapshot', '--until', at(0))).told).toBe(
      `${data}: the newest snapshot of cell c is of ${at(1)}: --until (${at(0)}) must be no earlier\n` +
        'Without --from-snapshot the log is folded from its first event.',
    );
    log = await openEmbeddedLog({ directory: join(data, 'log') });
    await save('order 7');
    const { code, told } = await replayed('--from-snapshot');
    expect([code, told]).toEqual([1, expect.stringMatching('another event than order 7 at 4: it is not the log of')]);
  });

  it('is for logs that services write', async () => {
    const file = join(data, 'log.jsonl');
    writeFileSync(file, `${JSON.stringify(order(1))}\n`);
    const { code, told } = await runCommand(registerReplay, 'replay', file, '--from-snapshot');
    expect([code, told]).toEqual([
      2,
      expect.stringMatching(`^${file} has no snapshots: only live and folders of data`),
    ]);
  });
});
