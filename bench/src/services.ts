import { parseArgs } from 'node:util';
import { type EventLog, openEmbeddedLog, openKafkaLog } from '@portolan/streams';
import { removeFolder, startKafka, stopProcess, temporaryFolder } from '../../tools/servers/servers.mjs';
import { bare, PARTITIONS } from './log-subjects.js';
import { whole } from './options.js';
import { aboutRun, writePage } from './page.js';
import { foldAll } from './services/folding.js';
import { historyOf, messagesOf, recordsOf } from './services/history.js';
import { Intake } from './services/intake.js';
import { servicesPage } from './services/report.js';
import { median } from './statistics.js';

// npm run bench:services [-- --count N --rounds N --message N --senders N --out FOLDER]: what ingest takes in and the optimizer folds, against
// a bare producer and consumer of kafkajs in the same run.
const args = process.argv.slice(2);
const { values } = parseArgs({
  args,
  options: {
    count: { type: 'string', default: '40000' },
    rounds: { type: 'string', default: '5' },
    message: { type: 'string', default: '500' },
    senders: { type: 'string', default: '4' },
    out: { type: 'string', default: 'docs' },
  },
});
const count = whole('count', values.count);
const rounds = whole('rounds', values.rounds);
const message = whole('message', values.message);
const senders = whole('senders', values.senders);
const cells = Array.from({ length: 6 }, (_, index) => `cell-${index}`);
const history = historyOf(count);
const records = recordsOf(history, cells);
const messages = messagesOf(history, message);

async function inBatches(append: (part: typeof records) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < records.length; at += message) await append(records.slice(at, at + message));
}

/** Milliseconds of each part, by its name. */
type Round = Readonly<Record<'produced' | 'taken' | 'consumed' | 'folded' | 'foldedEmbedded', number>>;

async function round(intake: Intake, broker: string, name: string): Promise<Round> {
  const topic = await bare(broker).open(`bare-${name}`);
  const began = performance.now();
  await inBatches((part) => topic.append(part));
  const produced = performance.now() - began;
  const taken = await intake.sendAll(
    messages,
    cells.map((cell) => `${cell}-${name}`),
    senders,
  );
  const consumed = await topic.readAll(records.length, `bare-${name}`);
  await topic.close();
  const folded = await folding(await openKafkaLog({ brokers: [broker], partitions: PARTITIONS }), name);
  const directory = temporaryFolder('bench-fold');
  const foldedEmbedded = await folding(await openEmbeddedLog({ directory }), name);
  removeFolder(directory);
  return { produced, taken, consumed, folded, foldedEmbedded };
}

async function folding(log: EventLog, name: string): Promise<number> {
  const topic = `fold-${name}`;
  await inBatches((part) => log.append(topic, part));
  globalThis.gc?.();
  const milliseconds = await foldAll(log, topic, records.length, topic);
  await log.close();
  return milliseconds;
}

const broker = await startKafka();
const intake = await Intake.open(broker.address, PARTITIONS);
try {
  const results: Round[] = [];
  for (let number = 0; number <= rounds; number++) {
    const result = await round(intake, broker.address, `${Date.now()}-${number}`);
    const rates = Object.entries(result).map(([name, ms]) => `${name} ${Math.round((1000 * count) / ms)}/s`);
    console.error(`${number}: ${rates.join(', ')}`);
    if (number > 0) results.push(result);
  }
  const figures = (name: string, of: keyof Round, to: keyof Round, goal: string) => ({
    name,
    rate: (1000 * count) / median(results.map((each) => each[of])),
    ratio: median(results.map((each) => each[to] / each[of])),
    goal,
  });
  const bytes = Math.round(records.reduce((sum, { value }) => sum + Buffer.byteLength(value), 0) / records.length);
  const about = { ...aboutRun('bench:services', args), count, rounds, message, senders, bytes };
  const rows = [
    figures('bare producer', 'produced', 'produced', ''),
    figures('ingest, from HTTP to the log', 'taken', 'produced', '60 %'),
    figures('bare consumer', 'consumed', 'consumed', ''),
    figures('folding from Kafka', 'folded', 'consumed', '60 %'),
    figures('folding from the embedded log', 'foldedEmbedded', 'consumed', '150 000 a second'),
  ];
  await writePage(values.out, 'benchmarks-services.md', servicesPage(rows, about));
} finally {
  await intake.close();
  await stopProcess(broker);
}
