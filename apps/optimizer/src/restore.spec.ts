import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Planner, planningHere } from '@portolan/cells';
import type { PlanDocument, PlanPublication, PortolanEvent } from '@portolan/domain';
import { encodeEvent } from '@portolan/formats';
import { type Logger, Metrics, createLogger } from '@portolan/platform';
import { type EventLog, type LogRecord, type Subscription, openEmbeddedLog, topics } from '@portolan/streams';
import { OptimizerController } from './optimizer.controller.js';
import { readPublication } from './publications.js';
import { endless, forgetful } from './testing/planners.js';
import { Story } from './testing/story.js';

type Publication = PlanPublication<PlanDocument>;

/** One optimizer after the other on the same log; each notes which events it was given and what it told. */
class Optimizer {
  readonly given: number[] = [];
  readonly told: Record<string, unknown>[] = [];
  private constructor(
    private readonly controller: OptimizerController,
    private subscription: Subscription | undefined,
  ) {}

  static async on(log: EventLog, events = 3, planner: Planner = forgetful()): Promise<Optimizer> {
    const logger = createLogger({ level: 'silent', name: 'test' });
    const options = { log, planner, saving: { events, minutes: 10 } };
    const controller = new OptimizerController(options, logger, new Metrics());
    const optimizer = new Optimizer(controller, undefined);
    const note = (about: object, msg: string) => void optimizer.told.push({ ...about, msg });
    Object.assign(logger, { info: note, warn: note } as unknown as Logger);
    const settings = { group: 'optimizer', topics: [topics.events], from: 'beginning' as const, maxBatch: 2 };
    optimizer.subscription = await log.subscribe(settings, async (batch, context) => {
      optimizer.given.push(...batch.map(({ offset }) => offset));
      await controller.onEvents(batch, context);
    });
    return optimizer;
  }

  has(msg: string): Record<string, unknown>[] {
    return this.told.filter((line) => line['msg'] === msg);
  }

  /** Ends as a killed process does: what it has not saved is lost. */
  kill = async () => this.subscription!.stop();

  async end(): Promise<void> {
    await this.controller.beforeApplicationShutdown();
    await this.kill();
  }
}

describe('an optimizer that takes over a partition', () => {
  let directory: string;
  let log: EventLog;
  const story = new Story('c');
  const opening = story.events.length;
  for (let i = 0; i < 6; i++) story.happen(['order', i, i]);
  for (let i = 0; i < 3; i++) story.happen(['late', i, 7 * i]);
  const { events } = story;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'portolan-restore-'));
    log = await openEmbeddedLog({ directory });
  });
  afterEach(async () => {
    await log.close();
    rmSync(directory, { recursive: true });
  });

  const append = (of: readonly PortolanEvent[]) => log.append(topics.events, of.map(encodeEvent));
  const published = async (): Promise<Publication[]> =>
    (await log.read(topics.plans, 0, 0, 1000)).map((record: LogRecord) => readPublication(record) as Publication);
  const until = async (reached: () => boolean | Promise<boolean>) => {
    for (const end = Date.now() + 10_000; !(await reached()); await pause(10))
      if (Date.now() > end) throw new Error(`not reached: ${reached}`);
  };
  const plannedTo = (position: number) => until(async () => (await published()).at(-1)?.position === position);
  /** Tells the events one by one, each planned before the next. */
  const tell = async (from: number, to: number) => {
    for (let position = from; position < to; position++) {
      await append([events[position]!]);
      await plannedTo(position);
    }
  };
  const texts = async () =>
    (await published()).map(({ plan: { statistics: _, ...plan }, ...rest }) => JSON.stringify({ ...rest, plan }));
  const killedAfter = async (count: number) => {
    const first = await Optimizer.on(log);
    await append(events.slice(0, opening));
    await plannedTo(opening - 1);
    await tell(opening, count);
    await until(() => first.has('snapshots saved').length > 0);
    await first.kill();
  };

  it('begins with the snapshots and reads only what came after, and publishes what one that never stopped does', async () => {
    await killedAfter(opening + 4);
    const second = await Optimizer.on(log);
    await tell(opening + 4, events.length);
    const [gained] = second.has('partition gained');
    expect(gained!['from']).toBeGreaterThan(2);
    expect(second.given).toEqual([0, 1, ...events.map((_, i) => i).slice(gained!['from'] as number)]);
    await second.kill();
    const after = await texts();
    await log.close();
    rmSync(directory, { recursive: true });
    log = await openEmbeddedLog({ directory });
    const only = await Optimizer.on(log);
    await append(events.slice(0, opening));
    await plannedTo(opening - 1);
    await tell(opening, events.length);
    await only.kill();
    expect(after).toEqual(await texts());
  });

  it('goes on with the live plan of the one before, also over what that one has published and not saved', async () => {
    const first = await Optimizer.on(log, 3, planningHere());
    await append(events.slice(0, opening + 2));
    await plannedTo(opening + 1);
    await until(() => first.has('snapshots saved').length > 0);
    await tell(opening + 2, opening + 4);
    await first.kill();
    const second = await Optimizer.on(log, 1000, planningHere());
    await tell(opening + 4, events.length);
    await second.kill();
    const [gained] = second.has('partition gained');
    expect(gained!['from']).toBeLessThan(opening + 4);
    expect((await published()).map(({ plan }) => plan.statistics.warm)).toEqual([false, ...Array(7).fill(true)]);
  });

  it('told to end, saves what is not saved, so that the next one has nothing to fold', async () => {
    const first = await Optimizer.on(log, 1000);
    await append(events);
    await plannedTo(events.length - 1);
    await first.end();
    const second = await Optimizer.on(log);
    await until(() => second.has('partition gained').length > 0);
    expect(second.has('partition gained')[0]).toMatchObject({ cells: 1, from: events.length });
    await second.kill();
    expect(second.given).toEqual([0, 1]);
    expect(await published()).toHaveLength(1);
  });

  it('plans what was folded and not planned when the other one ended, also when nothing else happens', async () => {
    const first = await Optimizer.on(log, 1000, endless());
    await append(events);
    await until(() => first.given.length === events.length);
    await first.end();
    expect(await published()).toEqual([]);
    const second = await Optimizer.on(log);
    await plannedTo(events.length - 1);
    await second.kill();
    expect(second.given).toEqual([0, 1]);
    expect((await published()).map(({ version, position }) => [version, position])).toEqual([[1, events.length - 1]]);
  });

  it('folds from the first event, and says so, where a snapshot is not whole', async () => {
    await killedAfter(opening + 4);
    for (const { key } of await log.read(topics.snapshots, 0, 0, 1000))
      await log.append(topics.snapshots, [{ key, value: 'spoilt' }]);
    const second = await Optimizer.on(log);
    await tell(opening + 4, events.length);
    expect(second.has('a snapshot does not count: events are folded from the first')).toMatchObject([
      { fault: expect.stringMatching(/^c: \d of \d pieces are missing$/) },
    ]);
    expect(second.given).toEqual(events.map((_, i) => i));
    expect((await published()).map(({ version }) => version)).toEqual((await published()).map((_, i) => i + 1));
    await until(() => second.has('snapshots saved').length > 0);
    await second.kill();
  });
});
