import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { planningHere } from '@portolan/cells';
import type { PlanDocument, PlanPublication, PortolanEvent } from '@portolan/domain';
import { encodeEvent } from '@portolan/formats';
import { Metrics, createLogger } from '@portolan/platform';
import { type Beginnings, beginningsIn, entriesOf, replay } from '@portolan/replay';
import { type EventLog, type LogRecord, openEmbeddedLog, openKafkaLog, topics } from '@portolan/streams';
import { OptimizerController } from './optimizer.controller.js';
import { readPublication } from './publications.js';
import { apart } from './testing/apart.js';
import { untimed } from './testing/live-log.js';
import { Story } from './testing/story.js';

const kafka = process.env['PORTOLAN_TEST_KAFKA'];
const withServer = kafka !== undefined || process.env['CI'] === 'true' ? describe : describe.skip;

const PARTITIONS = 2;
const HOURS = 5;
const DECIDED = 'org.portolan.decision.made';
const cells = ['antwerp', 'genk', 'venlo', 'ghent'];

const everything = async (log: EventLog, topic: string): Promise<LogRecord[]> => {
  const ends = await log.ends(topic);
  return (await Promise.all(ends.map((end, partition) => log.read(topic, partition, 0, end)))).flat();
};

/** What happens in a cell, an hour's events at a time. */
function hoursOf(cell: string, seed: number) {
  const story = new Story(cell);
  const opening = story.events.length;
  for (let i = 0; i < 4 * HOURS; i++)
    story.happen([(['order', 'late', 'capacity', 'tick'] as const)[i % 4]!, i + seed, 7 * i]);
  const [parameters, ...events] = story.events;
  const accepting = { ...parameters, data: { ...parameters!.data, autoAccept: ['book', 'reroute'] } } as PortolanEvent;
  const hours = Array.from({ length: HOURS }, (_, hour) =>
    events.slice(opening - 1 + 4 * hour, opening + 3 + 4 * hour),
  );
  return [[accepting, ...events.slice(0, opening - 1)], ...hours];
}

/** Was it planned with events that its cell's snapshot does not know? */
function isBehind(step: string, { cells }: Beginnings): boolean {
  const { cell, position } = JSON.parse(step) as PlanPublication;
  return position > (cells.get(cell)?.memory.plannedAt ?? -1);
}

withServer(
  `a log on Kafka${kafka ? '' : ' (needs PORTOLAN_TEST_KAFKA: node tools/servers/run.mjs npm run test:int)'}`,
  () => {
    let directory: string;
    let onKafka: EventLog;
    let embedded: EventLog;

    beforeAll(async () => {
      directory = mkdtempSync(join(tmpdir(), 'portolan-replayed-'));
      onKafka = apart(await openKafkaLog({ brokers: [kafka!], partitions: PARTITIONS }), randomUUID());
      embedded = await openEmbeddedLog({ directory, partitions: PARTITIONS });
    });
    afterAll(async () => {
      await Promise.all([onKafka.close(), embedded.close()]);
      rmSync(directory, { recursive: true });
    });

    /** An optimizer plans on Kafka, and accepts what a policy accepts, while events come in. */
    async function live(): Promise<void> {
      const logger = createLogger({ level: 'silent', name: 'test' });
      const saving = { events: 20, minutes: Infinity };
      const options = { log: onKafka, planner: planningHere(), saving };
      const optimizer = new OptimizerController(options, logger, new Metrics());
      const subscription = await onKafka.subscribe(
        { group: 'optimizer', topics: [topics.events], from: 'beginning' },
        (batch, context) => optimizer.onEvents(batch, context),
      );
      const hours = cells.map(hoursOf);
      for (let hour = 0; hour <= HOURS; hour++) {
        await onKafka.append(topics.events, hours.flatMap((of) => of[hour]!).map(encodeEvent));
        await planned();
      }
      await subscription.stop();
    }

    /** Resolves once the optimizer has handled every event, those that it appended itself too. */
    async function planned(): Promise<void> {
      for (let left = 600; left > 0; left--, await pause(50))
        if ((await onKafka.lag('optimizer', topics.events)).every((events) => events === 0)) return;
      throw new Error('the events are not planned within 30 s');
    }

    async function copied(topic: string): Promise<void> {
      const records = await everything(onKafka, topic);
      const appended = await embedded.append(topic, records);
      expect(appended.map(({ partition, offset }) => [partition, offset])).toEqual(
        records.map(({ partition, offset }) => [partition, offset]),
      );
    }

    async function replayed(log: EventLog, planners: number, beginnings?: Beginnings): Promise<string[]> {
      const steps: string[] = [];
      const made = Array.from({ length: planners }, planningHere);
      const options = { pace: { kind: 'as-planned' }, planners: made, beginnings: beginnings?.cells } as const;
      for await (const { publication } of replay(entriesOf(log, undefined, beginnings), options))
        steps.push(untimed(publication));
      return steps;
    }

    it('is replayed to the same bytes as its copy in the embedded log, and as it was planned, on one and on two workers', async () => {
      await live();
      await copied(topics.events);
      await copied(topics.plans);
      const steps = await replayed(onKafka, 1);
      expect(await replayed(embedded, 1)).toEqual(steps);
      expect(await replayed(embedded, 2)).toEqual(steps);
      expect(await replayed(onKafka, 2)).toEqual(steps);
      const published = (await everything(onKafka, topics.plans)).map((record) =>
        untimed(readPublication(record) as PlanPublication<PlanDocument>),
      );
      expect(steps.toSorted()).toEqual(published.toSorted());
      expect(published.length).toBeGreaterThanOrEqual(cells.length * HOURS);
      const beginnings = await beginningsIn(onKafka);
      const tail = await replayed(onKafka, 2, beginnings);
      expect([beginnings.faults, beginnings.cells.size]).toEqual([[], cells.length]);
      expect(tail.length).toBeLessThan(steps.length);
      expect(steps.filter((step) => isBehind(step, beginnings)).toSorted()).toEqual(tail.toSorted());
      const decided = (await everything(embedded, topics.events)).filter(
        ({ headers }) => headers['ce_type'] === DECIDED,
      );
      expect(decided.length).toBeGreaterThan(0);
    });
  },
);
