import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { KafkaClientName } from '@portolan/streams';
import { keepFolder, removeFolder, temporaryFolder } from '../../tools/servers/servers.mjs';
import { seeded } from '../../libs/planning/src/testing/random-problem.js';
import { type Accepted, acceptedIn } from './kills/accepted.js';
import { type Compared, compared } from './kills/comparison.js';
import { evidenceFiles } from './kills/evidence.js';
import { Killer } from './kills/killer.js';
import { run, type RunReport } from './kills/run.js';
import { storiesOf } from './kills/scenario.js';
import { Stage } from './kills/stage.js';
import { whole } from './options.js';

// npm run check:kills [-- --events N --kills K --seed S --cells N --message N --client NAME --redis durable|forgetful --keep]: tells the same
// stories to the three services on Kafka and Redis twice, the second time while everything is killed and started again at random, and
// compares what is in log and store afterwards. Exits with 1 when anything differs (docs/resilience.md).
const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '3000' },
    kills: { type: 'string', default: '6' },
    seed: { type: 'string', default: '1' },
    cells: { type: 'string', default: '4' },
    message: { type: 'string', default: '250' },
    client: { type: 'string', default: 'platformatic' },
    redis: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});
const PARTITIONS = 6;
const [events, kills, seed] = [
  whole('events', values.events),
  whole('kills', values.kills),
  whole('seed', values.seed),
];
const random = seeded(seed);
const durable = values.redis === undefined ? random() < 0.5 : values.redis === 'durable';
const client = values.client as KafkaClientName;
const messageSize = whole('message', values.message);
if (messageSize > 250)
  throw new Error(`--message (${messageSize}) must be 250 or less: ingest appends that as a whole`);
const size = { events, seed, cells: whole('cells', values.cells), messageSize };
const stories = storiesOf({ ...size, partitions: PARTITIONS });
const folder = temporaryFolder('kills');

/** A run on new servers, with its evidence in a folder of its own. */
async function told(name: string, disturbed: boolean): Promise<RunReport> {
  const stage = await Stage.open({ client, partitions: PARTITIONS, durable });
  try {
    const killer = disturbed ? new Killer(stage.actors, { kills, events, random }) : undefined;
    const report = await run(stage, stories, join(folder, name), killer, progressOf(name));
    console.log(`${name}: ${textOf(report)}`);
    return report;
  } catch (error) {
    for (const service of stage.services) console.error(`== ${service.name}\n${service.tail}`);
    throw error;
  } finally {
    await stage.close();
  }
}

function progressOf(name: string): (accepted: number) => void {
  let next = 0.1;
  return (accepted) => {
    if (accepted < next * events) return;
    console.error(`${name}: ${Math.round((100 * accepted) / events)} %`);
    next = accepted / events + 0.1;
  };
}

const textOf = ({ tally, seconds, killed, ended }: RunReport): string =>
  [
    `${tally.accepted} events accepted in ${Math.round(seconds)} s`,
    `${tally.duplicates} recognised as sent before`,
    `${tally.unanswered} requests without an answer, ${tally.refused} told to come again`,
    `killed: ${JSON.stringify(killed)}`,
    `${ended} starts in vain`,
  ].join('; ');

const tellAccepted = (name: string, { sent, own, faults }: Accepted): string =>
  `${faults.length === 0 ? '✓' : '✕'} ${name}: every accepted event is in the log once, in its sender's order: ${sent} events, and ${own} of the services' own${faults.map((fault) => `\n    ${fault}`).join('')}`;

const tellCompared = (file: string, { lines, different, first }: Compared): string =>
  different === 0
    ? `✓ ${file}: ${lines} lines, all the same`
    : `✕ ${file}: ${different} of ${lines} lines differ, first line ${first!.line} at ${first!.pointer}:\n    undisturbed ${first!.one}\n    disturbed   ${first!.other}`;

console.log(
  `${events} events, ${kills} kills, seed ${seed}, Redis ${durable ? 'durable' : 'forgetful'}, client ${client}`,
);
await told('undisturbed', false);
await told('disturbed', true);
let wrong = 0;
for (const name of ['undisturbed', 'disturbed']) {
  const accepted = await acceptedIn(join(folder, name), stories);
  wrong += accepted.faults.length;
  console.log(tellAccepted(name, accepted));
}
for (const file of evidenceFiles) {
  const result = await compared(join(folder, 'undisturbed'), join(folder, 'disturbed'), file);
  wrong += result.different;
  console.log(tellCompared(file, result));
}
if (wrong > 0 || values.keep) {
  keepFolder(folder);
  console.log(`The evidence is in ${folder}.`);
} else removeFolder(folder);
process.exitCode = wrong > 0 ? 1 : 0;
