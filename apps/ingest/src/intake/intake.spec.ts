import { type EventLog, type NewRecord, topics } from '@portolan/streams';
import { Intake } from './intake.js';

const NOW = Date.UTC(2026, 2, 2, 8);
const tick = (id: string) => ({
  specversion: '1.0',
  id,
  source: '/clock',
  type: 'org.portolan.clock.ticked',
  time: '2026-03-02T07:00:00Z',
  data: { now: '2026-03-02T07:00:00Z' },
});

/** A log that only remembers what was appended, in the order of the appends. */
function memory(): { log: EventLog; appended: { topic: string; records: readonly NewRecord[] }[] } {
  const appended: { topic: string; records: readonly NewRecord[] }[] = [];
  const seen = new Set<string>();
  const append: EventLog['append'] = async (topic, records) => {
    appended.push({ topic, records });
    return records.map(({ dedupe = '' }, offset) => {
      const duplicate = dedupe !== '' && seen.has(dedupe);
      seen.add(dedupe);
      return { topic, partition: 0, offset, duplicate };
    });
  };
  return { log: { append } as unknown as EventLog, appended };
}

const take = (intake: Intake, message: unknown) =>
  intake.take({
    body: Buffer.from(JSON.stringify(message)),
    headers: { 'content-type': 'application/json' },
    cell: 'antwerp',
  });

describe('the intake', () => {
  it('puts the bytes into the inbox before any event into the log', async () => {
    const { log, appended } = memory();
    await take(new Intake(log, () => NOW), [tick('1'), { ...tick('2'), type: 'other' }]);
    expect(appended.map(({ topic, records }) => [topic, records.length])).toEqual([
      [topics.inbox, 1],
      [topics.events, 1],
      [topics.rejected, 1],
    ]);
  });

  it('stamps events with the moment of reception and the cell', async () => {
    const { log, appended } = memory();
    await take(new Intake(log, () => NOW), tick('1'));
    expect(appended[1]!.records[0]).toMatchObject({
      key: 'antwerp',
      headers: { ce_recordedtime: '2026-03-02T08:00:00Z', ce_partitionkey: 'antwerp' },
    });
  });

  it('appends a long message in parts, in its order', async () => {
    const { log, appended } = memory();
    const receipt = await take(
      new Intake(log, () => NOW),
      Array.from({ length: 4500 }, (_, index) => tick(`${index}`)),
    );
    const events = appended.filter(({ topic }) => topic === topics.events);
    expect(events.map(({ records }) => records.length)).toEqual([2000, 2000, 500]);
    expect(receipt).toMatchObject({ duplicates: [], rejected: [] });
    expect('accepted' in receipt && receipt.accepted[4499]).toEqual({ index: 4499, id: '4499' });
  });

  it('rejects when the log does, so that nobody is told of an event the log may not have', async () => {
    const { log } = memory();
    const broken = {
      append: async (topic: string, records: readonly NewRecord[]) =>
        topic === topics.events ? Promise.reject(new Error('disk full')) : log.append(topic, records),
    };
    await expect(take(new Intake(broken as unknown as EventLog, () => NOW), tick('1'))).rejects.toThrow('disk full');
  });

  it('keeps a message of which nothing can be read among the rejected', async () => {
    const { log, appended } = memory();
    const taken = await take(new Intake(log, () => NOW), 'hello');
    expect(taken).toMatchObject({ because: 'not-a-message' });
    expect(appended.map(({ topic }) => topic)).toEqual([topics.inbox, topics.rejected]);
  });

  it('keeps a message on which an adapter fails among the rejected, with the reason', async () => {
    const { log, appended } = memory();
    const read = () => {
      throw new TypeError('cannot read calls of undefined');
    };
    const taken = await take(new Intake(log, () => NOW, { read }), tick('1'));
    expect(taken).toMatchObject({ because: 'not-a-message' });
    const [, rejected] = appended;
    expect([rejected!.topic, JSON.parse(rejected!.records[0]!.value as string)]).toEqual([
      topics.rejected,
      expect.objectContaining({
        faults: [
          { pointer: '', message: 'could not be read, since the adapter failed: cannot read calls of undefined' },
        ],
      }),
    ]);
  });
});
