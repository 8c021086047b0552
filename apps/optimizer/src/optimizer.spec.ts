import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { PlanPublication, PortolanEvent, ProblemDocument } from '@portolan/domain';
import { encodeEvent } from '@portolan/formats';
import { Metrics, createLogger } from '@portolan/platform';
import { type BatchContext, type EventLog, LogError, TRIES, openEmbeddedLog, topics } from '@portolan/streams';
import { planningHere } from '@portolan/cells';
import { OptimizerController } from './optimizer.controller.js';
import type { Planned, Planner } from '@portolan/cells';
import { Publications, readPublication } from './publications.js';

/** A planner whose plans are never proven: it gives up after so many milliseconds, or when told to. */
class Endless implements Planner {
  private readonly planner = planningHere();
  asked = 0;

  constructor(private readonly milliseconds: number) {}

  async plan(cell: string, problem: ProblemDocument, signal?: AbortSignal): Promise<Planned> {
    this.asked++;
    await pause(this.milliseconds, undefined, { signal }).catch(() => {});
    return { ...(await this.planner.plan(cell, problem)), stopped: true };
  }

  explain = (cell: string, demands: readonly string[]) => this.planner.explain(cell, demands);
  snapshot = (cell: string) => this.planner.snapshot(cell);
  save = (cell: string) => this.planner.save(cell);
  restore = (...of: Parameters<Planner['restore']>) => this.planner.restore(...of);
  forget = (cell: string) => this.planner.forget(cell);
  close = () => this.planner.close();
}

const tick = (hour: number): PortolanEvent => {
  const now = `2026-03-02T${String(hour).padStart(2, '0')}:00:00Z`;
  return {
    specversion: '1.0',
    id: `tick-${hour}`,
    source: '/test',
    type: 'org.portolan.clock.ticked',
    time: now,
    recordedtime: now,
    partitionkey: 'c',
    data: { now },
  };
};

describe('the optimizer', () => {
  let directory: string;
  let log: EventLog;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'portolan-optimizer-'));
    log = await openEmbeddedLog({ directory });
  });
  afterEach(async () => {
    await log.close();
    rmSync(directory, { recursive: true });
  });

  const optimizerOf = (planner: Planner) =>
    new OptimizerController(
      { log, planner, undisturbed: 20 },
      createLogger({ level: 'silent', name: 'test' }),
      new Metrics(),
    );
  const append = (hour: number) => log.append(topics.events, [encodeEvent(tick(hour))]);
  const partition = async () => (await log.ends(topics.events)).findIndex((end) => end > 0);
  const contextOf = (end: number): BatchContext => ({
    fresh: false,
    attempt: 1,
    end,
    signal: new AbortController().signal,
    goOnAt() {},
  });
  /** The batch of these records, as the log would deliver it. */
  const batch = async (from: number, to: number) => log.read(topics.events, await partition(), from, to - from);
  const positions = async () => {
    const ends = await log.ends(topics.plans);
    const records = await Promise.all(ends.map((end, index) => log.read(topics.plans, index, 0, end)));
    return records.flat().map((record) => readPublication(record).position);
  };

  it('ends a step that takes long once newer events wait, and publishes no plan for it', async () => {
    const planner = new Endless(60_000);
    const optimizer = optimizerOf(planner);
    await append(1);
    const planning = optimizer.onEvents(await batch(0, 1), contextOf(1));
    await append(2);
    await planning;
    expect([planner.asked, await positions()]).toEqual([1, []]);
  });

  it('publishes what it has once newer events have ended ten steps in a row', async () => {
    const planner = new Endless(1500);
    const optimizer = optimizerOf(planner);
    await append(0);
    for (let hour = 0; hour < 10; hour++) {
      await append(hour + 1);
      await optimizer.onEvents(await batch(hour, hour + 1), contextOf(hour + 1));
    }
    expect(await positions()).toEqual([]);
    await append(11);
    await optimizer.onEvents(await batch(10, 11), contextOf(11));
    expect([planner.asked, await positions()]).toEqual([11, [10]]);
  });

  it('goes on after a plan that ran out of time, by a tick of the clock, once for each', async () => {
    const optimizer = optimizerOf(new Endless(0));
    await append(1);
    const first = await batch(0, 1);
    await optimizer.onEvents(first, contextOf(1));
    await optimizer.onEvents(first, { ...contextOf(1), fresh: true });
    expect(await positions()).toEqual([0]);
    const [, ticked] = await batch(0, 5);
    expect([ticked!.headers['ce_id'], (await log.ends(topics.events))[ticked!.partition]]).toEqual(['going-on/0', 2]);
    await optimizer.onEvents([ticked!], contextOf(2));
    expect(await positions()).toEqual([0, 1]);
  });

  it('goes on without what is no event, and keeps it among the rejected once, however often it is read', async () => {
    const optimizer = optimizerOf(planningHere());
    await append(1);
    const { key, value } = encodeEvent(tick(2));
    await log.append(topics.events, [{ key, value, headers: { ce_id: 'x', ce_source: '/somebody' } }]);
    await append(3);
    await optimizer.onEvents(await batch(0, 3), contextOf(3));
    await optimizer.onEvents(await batch(0, 3), { ...contextOf(3), fresh: true });
    expect(await positions()).toEqual([2]);
    const rejected = (await log.read(topics.rejected, 0, 0, 10)).map(
      (record) => JSON.parse(Buffer.from(record.value).toString()) as object,
    );
    expect(rejected).toEqual([
      expect.objectContaining({
        record: { topic: topics.events, partition: 0, offset: 1 },
        reader: 'optimizer',
        source: '/somebody',
        faults: [{ pointer: '', message: expect.stringMatching(/^is not an event: \//) as string }],
      }),
    ]);
  });

  it('gives a cell up that cannot be planned, however often it is tried, until it hears of it again; others are planned', async () => {
    const sound = planningHere();
    let asked = 0;
    const plan = sound.plan.bind(sound);
    const planner: Planner = Object.assign(sound, {
      plan: async (...question: Parameters<Planner['plan']>) => {
        if (question[0] !== 'c') return plan(...question);
        asked += 1;
        throw new TypeError('cannot read legs of undefined');
      },
    });
    const optimizer = optimizerOf(planner);
    await append(1);
    await log.append(topics.events, [encodeEvent({ ...tick(1), partitionkey: 'd' })]);
    const both = await batch(0, 2);
    await expect(optimizer.onEvents(both, { ...contextOf(2), attempt: TRIES - 1 })).rejects.toThrow('legs');
    await optimizer.onEvents(both, { ...contextOf(2), attempt: TRIES });
    expect([asked, await positions()]).toEqual([2, [1]]);
    await log.append(topics.events, [encodeEvent({ ...tick(2), partitionkey: 'd' })]);
    await optimizer.onEvents(await batch(2, 3), contextOf(3));
    expect([asked, await positions()]).toEqual([2, [1, 2]]);
    await append(3);
    await expect(optimizer.onEvents(await batch(3, 4), contextOf(4))).rejects.toThrow('legs');
  });

  it('leaves a cell without its plan whose publication the log does not take, until its next event; others are planned', async () => {
    let limited = true;
    const append = log.append.bind(log);
    const refusing = (...[topic, records]: Parameters<EventLog['append']>) =>
      limited && topic === topics.plans && records[0]!.key === 'c'
        ? Promise.reject(new LogError('log-record-too-large', 'portolan.plans takes 1048588 bytes at most', false))
        : append(topic, records);
    const told: string[] = [];
    const logger = createLogger({ level: 'error', name: 'test', to: { write: (line) => void told.push(line) } });
    const narrow = Object.assign(Object.create(log) as EventLog, { append: refusing });
    const optimizer = new OptimizerController({ log: narrow, planner: planningHere() }, logger, new Metrics());
    const tell = (hour: number, cell: string) =>
      append(topics.events, [encodeEvent({ ...tick(hour), partitionkey: cell })]);
    await tell(1, 'c');
    await tell(1, 'd');
    await optimizer.onEvents(await batch(0, 2), contextOf(2));
    await tell(2, 'd');
    await optimizer.onEvents(await batch(2, 3), contextOf(3));
    expect(await positions()).toEqual([1, 2]);
    expect(told).toEqual([expect.stringMatching('1048588 bytes')]);
    limited = false;
    await tell(3, 'c');
    await optimizer.onEvents(await batch(3, 4), contextOf(4));
    expect(await positions()).toEqual([1, 2, 3]);
  });

  it('finds the newest plan of a cell behind what somebody else wrote there', async () => {
    const publications = new Publications(log);
    await publications.append({ cell: 'c', position: 4, version: 2, now: tick(1).time } as PlanPublication);
    await log.append(
      topics.plans,
      ['no JSON', 'null', '{}'].map((value) => ({ key: 'c', value })),
    );
    expect(await publications.newest('c')).toMatchObject({ version: 2, position: 4 });
  });
});
