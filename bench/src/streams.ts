import { parseArgs } from 'node:util';
import { startKafka, stopProcess } from '../../tools/servers/servers.mjs';
import { eventsFor } from './log-inputs.js';
import { bare, embedded, type LogSubject, ours } from './log-subjects.js';
import { whole } from './options.js';
import { aboutRun, writePage } from './page.js';
import { median, quantile } from './statistics.js';
import { type LogFigures, streamsPage } from './streams-report.js';

// npm run bench:streams [-- --count N --rounds N --appends N --batch N --out FOLDER]: the log on Kafka by both clients and embedded, against a
// bare producer and consumer of kafkajs. With PORTOLAN_TEST_KAFKA=host:port on that broker, otherwise on one of its own.
const args = process.argv.slice(2);
const { values } = parseArgs({
  args,
  options: {
    count: { type: 'string', default: '40000' },
    rounds: { type: 'string', default: '5' },
    appends: { type: 'string', default: '300' },
    batch: { type: 'string', default: '500' },
    out: { type: 'string', default: 'docs' },
  },
});
const count = whole('count', values.count);
const rounds = whole('rounds', values.rounds);
const appends = whole('appends', values.appends);
const size = whole('batch', values.batch);

interface Round {
  readonly written: number;
  readonly read: number;
  readonly latencies: readonly number[];
}

/** One topic of its own: appended in batches one after the other, read by a new group, then single events. */
const measure = async (subject: LogSubject, run: string): Promise<Round> => {
  const events = eventsFor(count, run);
  const log = await subject.open(`bench-${run}`);
  await log.append(eventsFor(size, `${run}-before`));
  globalThis.gc?.();
  const began = performance.now();
  for (let i = 0; i < count; i += size) await log.append(events.slice(i, i + size));
  const written = performance.now() - began;
  globalThis.gc?.();
  const read = await log.readAll(count + size, `group-${run}`);
  const latencies: number[] = [];
  for (const event of eventsFor(appends, `${run}-single`)) {
    const start = performance.now();
    await log.append([event]);
    latencies.push(performance.now() - start);
  }
  await log.close();
  return { written, read, latencies };
};

const broker = process.env.PORTOLAN_TEST_KAFKA ? undefined : await startKafka();
const address = process.env.PORTOLAN_TEST_KAFKA ?? broker!.address;
try {
  const subjects = [bare(address), ours('kafkajs', address), ours('platformatic', address), embedded()];
  const results = new Map<LogSubject, Round[]>(subjects.map((subject) => [subject, []]));
  // A first round warms up; in each, the subjects take turns.
  for (let round = 0; round <= rounds; round++)
    for (const [i, subject] of subjects.entries()) {
      const result = await measure(subject, `${Date.now()}-${round}-${i}`);
      if (round > 0) results.get(subject)?.push(result);
      const perSecond = (milliseconds: number) => Math.round((1000 * count) / milliseconds);
      console.error(
        `${round}: ${subject.name}: ${perSecond(result.written)}/s appended, ${perSecond(result.read)}/s read, ${median(result.latencies).toFixed(2)} ms`,
      );
    }
  const reference = results.get(subjects[0]!)!;
  const ratio = (of: (round: Round) => number, own: readonly Round[]) =>
    median(own.map((round, i) => of(round) / of(reference[i]!)));
  const figures = [...results].map(([{ name }, own]): LogFigures => {
    const latencies = own.flatMap((round) => round.latencies);
    return {
      name,
      appended: (1000 * count) / median(own.map(({ written }) => written)),
      appendRatio: 1 / ratio(({ written }) => written, own),
      read: (1000 * (count + size)) / median(own.map(({ read }) => read)),
      readRatio: 1 / ratio(({ read }) => read, own),
      latency: median(latencies),
      latency99: quantile(
        latencies.toSorted((a, b) => a - b),
        0.99,
      ),
      latencyRatio: ratio((round) => median(round.latencies), own),
    };
  });
  const bytes = Buffer.byteLength(eventsFor(1, 'size')[0]!.value);
  const about = {
    ...aboutRun('bench:streams', args),
    count,
    rounds,
    appends,
    size,
    bytes,
  };
  await writePage(values.out, 'benchmarks-streams.md', streamsPage(figures, about));
} finally {
  if (broker) await stopProcess(broker);
}
