import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { planningInThread } from '@portolan/cells';
import { encodeEvent } from '@portolan/formats';
import { Metrics, createLogger } from '@portolan/platform';
import { isEnd, kindOf, runRecord } from '@portolan/replay';
import { type EventLog, type LogRecord, openEmbeddedLog, topics } from '@portolan/streams';
import { OptimizerController } from '../optimizer.controller.js';
import { Story } from '../testing/story.js';
import { WhatIfController } from './what-if.controller.js';

const CELLS = ['antwerp', 'genk'];
const [HAPPENINGS, RUNS, VARIANTS] = [40, 3, 30];
/** The thread as it is built: another process' program does not know TypeScript. */
const script = new URL('../../../../libs/cells/dist/planner.worker.js', import.meta.url);
const planner = () => planningInThread({ script });

const stories = CELLS.map((name) => {
  const story = new Story(name);
  const opening = story.events.length;
  for (let i = 0; i < HAPPENINGS; i++)
    story.happen([(['order', 'late', 'capacity', 'moved'] as const)[i % 4]!, i, 7 * i]);
  return { opening: story.events.slice(0, opening), later: story.events.slice(opening) };
});

const scenario = JSON.stringify({
  format: 'portolan.scenario/1',
  name: 'prices',
  variants: [
    {
      name: 'prices',
      changes: [{ set: { parameter: 'co2PricePerTonne', value: Array.from({ length: VARIANTS }, (_, i) => 10 * i) } }],
    },
  ],
});

/** One optimizer process on a log of its own, while events come in one by one, each planned before the next. */
class Process {
  readonly plans: string[] = [];
  /** What-if runs that were asked for and not yet answered when a plan was published, added up. */
  besides = 0;

  private constructor(
    readonly log: EventLog,
    private readonly directory: string,
  ) {}

  static async lives(whatIfs: number): Promise<Process> {
    const directory = mkdtempSync(join(tmpdir(), 'portolan-beside-'));
    const process = new Process(await openEmbeddedLog({ directory }), directory);
    await process.live(whatIfs);
    return process;
  }

  async dispose(): Promise<void> {
    await this.log.close();
    rmSync(this.directory, { recursive: true });
  }

  async records(topic: string): Promise<readonly LogRecord[]> {
    const [end] = await this.log.ends(topic);
    return this.log.read(topic, 0, 0, end!);
  }

  private async live(whatIfs: number): Promise<void> {
    const { log } = this;
    const live = planner();
    const options = { log, planner: live, whatIfPlanner: planner };
    const logger = createLogger({ level: 'silent' });
    const [optimizer, answering] = [
      new OptimizerController(options, logger, new Metrics()),
      new WhatIfController(options, logger),
    ];
    await log.subscribe({ group: 'optimizer', topics: [topics.events], from: 'beginning' }, (...given) =>
      optimizer.onEvents(...given),
    );
    await log.subscribe({ group: 'what-if', topics: [topics.whatIf], from: 'committed', maxBatch: 1 }, (...given) =>
      answering.onMessages(...given),
    );
    for (const { opening } of stories) await this.tell(opening);
    for (let run = 0; run < whatIfs; run++) await this.ask(run);
    for (let i = 0; i < HAPPENINGS; i++) for (const { later } of stories) await this.tell([later[i]!]);
    while ((await this.open()) > 0) await pause(20);
    await live.close();
  }

  private async ask(run: number): Promise<void> {
    const cell = CELLS[run % CELLS.length]!;
    const at = '2026-03-02T02:00:00Z';
    await this.log.append(topics.whatIf, [runRecord(`run-${run}`, { kind: 'requested', scenario, cell, at })]);
  }

  private async tell(events: Parameters<typeof encodeEvent>[0][]): Promise<void> {
    const appended = await this.log.append(topics.events, events.map(encodeEvent));
    const { offset } = appended.at(-1)!;
    while ((await this.log.lag('optimizer', topics.events))[0]! > 0) await pause(2);
    const newest = (await this.records(topics.plans)).at(-1)!;
    expect((JSON.parse(Buffer.from(newest.value).toString()) as { position: number }).position).toBe(offset);
    this.besides += await this.open();
  }

  /** How many runs have no answer. */
  private async open(): Promise<number> {
    const kinds = await this.told();
    return kinds.filter((kind) => kind === 'requested').length - kinds.filter(isEnd).length;
  }

  /** What is said of runs. */
  async told() {
    return (await this.records(topics.whatIf)).map(kindOf);
  }
}

const bytes = ({ key, value, headers }: LogRecord): string =>
  JSON.stringify([
    key,
    headers,
    Buffer.from(value)
      .toString()
      .replace(/"statistics":\{[^}]*\}/, ''),
  ]);

describe('a process that answers what-if requests while events come in', () => {
  it('publishes, byte for byte, what one without such requests does, and says nothing else', async () => {
    const [alone, beside] = [await Process.lives(0), await Process.lives(RUNS)];
    try {
      expect(beside.besides).toBeGreaterThan(HAPPENINGS / 2);
      expect((await beside.told()).filter((kind) => kind === 'finished')).toHaveLength(RUNS);
      for (const topic of [topics.events, topics.plans, topics.rejected]) {
        const [one, two] = [await alone.records(topic), await beside.records(topic)];
        expect(two.map(bytes)).toEqual(one.map(bytes));
      }
      expect(await beside.records(topics.plans)).toHaveLength(CELLS.length * (HAPPENINGS + 1));
    } finally {
      await Promise.all([alone.dispose(), beside.dispose()]);
    }
  });
});
