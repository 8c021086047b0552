import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type State, emptyState, foldBatch } from '@portolan/domain';
import { encodeEvent } from '@portolan/formats';
import { type EventLog, type NewRecord, openEmbeddedLog, topics } from '@portolan/streams';
import { at, event } from '../testing/events.js';
import type { SavedCell } from './checkpoint.js';
import { Snapshots } from './snapshots.js';

const events = [
  event(0, 'parameters.changed', { unservedPenalty: 2000 }),
  ...['QUAY', 'HUB', 'INLAND'].map((id) => event(0, 'location.changed', { id })),
  ...[1, 2, 3, 4, 5].map((hour) =>
    event(hour, 'order.placed', { id: `O${hour}`, from: 'QUAY', to: 'HUB', quantity: 1, available: at(hour) }),
  ),
];
const stateOf = (cell: string, count: number): State =>
  foldBatch(
    emptyState(cell),
    events.slice(0, count).map((event, position) => ({ event, position })),
  );

describe('snapshots in the log', () => {
  let directory: string;
  let log: EventLog;
  let snapshots: Snapshots;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'portolan-snapshots-'));
    log = await openEmbeddedLog({ directory });
    snapshots = new Snapshots(log, 500);
    await log.append(topics.events, events.map(encodeEvent));
  });
  afterEach(async () => {
    await log.close();
    rmSync(directory, { recursive: true });
  });

  const checkpoint = (cells: readonly SavedCell[], next = 5, last = next - 1) =>
    snapshots.append({
      format: 'portolan.checkpoint/1',
      partition: 0,
      next,
      last: { offset: last, id: events[last]!.id },
      cells: [...cells],
    });
  const save = (cell: string, count: number, before?: SavedCell, live?: Uint8Array) =>
    snapshots.save({ state: stateOf(cell, count), ...(live !== undefined && { live }) }, before);
  /** Puts another value in the place of a piece, as a compaction or a writer that is none of ours might. */
  const replace = async (saved: SavedCell, piece: number, value: NewRecord['value']) => {
    const [record] = await log.read(topics.snapshots, 0, saved.pieces[piece]!.offset, 1);
    await log.append(topics.snapshots, [{ key: record!.key, value }]);
  };

  it('give back the cells of a partition, with what the planner said of them', async () => {
    const live = Uint8Array.from({ length: 3000 }, (_, i) => i % 256);
    await checkpoint([await save('a', 5, undefined, live), await save('b', 3)]);
    const restored = (await snapshots.restore(0))!;
    expect([restored.checkpoint.next, restored.faults]).toEqual([5, []]);
    expect(restored.snapshots.get('a')).toEqual({ state: stateOf('a', 5), live });
    expect(restored.snapshots.get('b')).toEqual({ state: stateOf('b', 3) });
  });

  it('are none before there is a checkpoint, whatever was written', async () => {
    await save('a', 5);
    expect(await snapshots.restore(0)).toBeUndefined();
  });

  it('count as the newest checkpoint says, while newer ones are being written', async () => {
    const first = await save('a', 3);
    await checkpoint([first], 3);
    await save('a', 5, first);
    expect((await snapshots.restore(0))!.snapshots.get('a')!.state.position).toBe(2);
    const third = await save('a', 5, first);
    await checkpoint([third]);
    expect((await snapshots.restore(0))!.snapshots.get('a')!.state.position).toBe(4);
    expect([first.place, third.place]).toEqual([0, 1]);
  });

  it('do not pile up', async () => {
    let saved: SavedCell | undefined;
    for (let count = 1; count < 9; count++) await checkpoint([(saved = await save('a', count, saved))], count);
    const kept = await log.read(topics.snapshots, 0, 0, 1000);
    expect(kept.length).toBeLessThanOrEqual(2 * saved!.pieces.length);
    expect(await log.read(topics.checkpoints, 0, 0, 1000)).toHaveLength(1);
  });

  it.each([
    ['a missing piece', async (saved: SavedCell) => replace(saved, 1, ''), 'pieces are missing'],
    [
      'a piece of another one',
      async (saved: SavedCell) => save('a', 4, { ...saved, place: saved.place === 0 ? 1 : 0 }),
      'missing',
    ],
  ])('do not count with %s: its cell is folded from the first event, others are not', async (_, spoil, fault) => {
    const [a, b] = [await save('a', 5), await save('b', 3)];
    await checkpoint([a, b]);
    await spoil(a);
    const restored = (await snapshots.restore(0))!;
    expect(restored.faults).toEqual([expect.stringMatching(new RegExp(`^a: .*${fault}`))]);
    expect([restored.checkpoint.next, restored.checkpoint.cells, [...restored.snapshots.keys()]]).toEqual([
      0,
      [b],
      ['b'],
    ]);
  });

  it('do not count where they were written by another version, or their bytes are not those that were written', async () => {
    const a = await save('a', 5);
    const other = Buffer.from('{"format":"portolan.snapshot/0"}\n');
    const [place] = await log.append(topics.snapshots, [{ key: 'x', value: other }]);
    const { partition, offset } = place!;
    const digest = 'f6bqWVC_3fr8rqSqnlZNUCk8LIhfN_Q-X1Ks9Fu7WnU';
    await checkpoint([
      { ...a, pieces: [{ partition, offset }], digest },
      { ...a, cell: 'b', digest: 'none' },
    ]);
    const { faults } = (await snapshots.restore(0))!;
    expect(faults[0]).toMatch(/^a: (it was made by another version|its pieces are not those)/);
    expect(faults[1]).toBe('b: its pieces are not those that were written');
  });

  it('do not count where the log is another one', async () => {
    await checkpoint([await save('a', 5)]);
    await snapshots.append({
      format: 'portolan.checkpoint/1',
      partition: 0,
      next: 5,
      last: { offset: 4, id: 'another' },
      cells: [await save('a', 5)],
    });
    const restored = (await snapshots.restore(0))!;
    expect([restored.checkpoint.next, restored.snapshots.size]).toEqual([0, 0]);
    expect(restored.faults[0]).toContain('another event than another at 4');
  });

  it('are looked for in vain where a checkpoint is of another format', async () => {
    await log.append(topics.checkpoints, [{ key: '0', value: '{"format":"portolan.checkpoint/2"}' }]);
    expect(await snapshots.restore(0)).toBeUndefined();
  });
});
