import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { planningInThread } from '@portolan/cells';
import { type PortolanEvent, formatInstant, parseInstant } from '@portolan/domain';
import { encodeEvent } from '@portolan/formats';
import { OptimizerModule, readPublication } from '@portolan/optimizer';
import { HealthChecks, Metrics, createLogger, startHttp } from '@portolan/platform';
import { isEnd, kindOf, runRecord } from '@portolan/replay';
import { EventLogTransport, connectLog, openEmbeddedLog, topics } from '@portolan/streams';
import { syntheticHinterland } from '@portolan/synthetic';
import { whole } from './options.js';
import { aboutRun, writePage } from './page.js';
import { quantile } from './statistics.js';

// npm run bench:beside [-- --shipments N --steps N --out FOLDER]: what a what-if run costs the live plans of its process. Events come one by one, each
// planned before the next; a run is asked for, so many steps are timed beside it, it is cancelled, and as many are timed alone, and so on in turns.
const args = process.argv.slice(2);
const { values } = parseArgs({
  args,
  options: {
    shipments: { type: 'string', default: '300' },
    steps: { type: 'string', default: '200' },
    out: { type: 'string', default: 'docs' },
  },
});
const [shipments, steps] = [whole('shipments', values.shipments), whole('steps', values.steps)];
const TURN = 20;

const story = [...syntheticHinterland({ shipments, seed: 1 }).events()];
const opening = story.findIndex(({ type }) => type === 'org.portolan.clock.ticked') + 1;
const [{ partitionkey: cell }] = story as [PortolanEvent];

const directory = mkdtempSync(join(tmpdir(), 'portolan-bench-'));
const log = await openEmbeddedLog({ directory });
const script = new URL('../../libs/cells/dist/planner.worker.js', import.meta.url);
const planner = planningInThread({ script });
const module = OptimizerModule.register({
  log,
  planner,
  whatIfPlanner: () => planningInThread({ script, background: true }),
});
const reader = new EventLogTransport(log, { group: 'optimizer', from: 'beginning' });
const [health, metrics, logger] = [new HealthChecks(), new Metrics(), createLogger({ level: 'error' })];
const http = await startHttp(module, { port: 0, host: '127.0.0.1', bodyLimit: 1024, logger, health, metrics });
await connectLog(http.app, reader);

await planned(story.slice(0, opening));
const times: Record<'alone' | 'beside', number[]> = { alone: [], beside: [] };
let next = opening;
for (let turn = 0; times.alone.length < steps; turn++) {
  await timedSteps('alone');
  const run = `run-${turn}`;
  await log.append(topics.whatIf, [
    runRecord(run, { kind: 'requested', scenario: scenario(), cell, at: formatInstant(0) }),
  ]);
  await timedSteps('beside');
  if (await isOver(run)) throw new Error('the run was over before its steps were: ask for more shipments');
  await log.append(topics.whatIf, [runRecord(run, { kind: 'cancelled' })]);
  // A run ends within a second.
  await pause(2000);
  console.error(`${times.beside.length} steps`);
}
await http.close();
await planner.close();
await log.close();
rmSync(directory, { recursive: true });

const rows = [0.5, 0.9, 0.99].map((share) => {
  const [alone, beside] = [times.alone, times.beside].map((each) =>
    quantile(
      each.toSorted((a, b) => a - b),
      share,
    ),
  ) as [number, number];
  return `| p${share * 100} | ${alone.toFixed(0)} | ${beside.toFixed(0)} | ${(beside / alone).toFixed(2)} |`;
});
const { date, command } = aboutRun('bench:beside', args);
await writePage(
  values.out,
  'benchmarks-beside.md',
  `# Benchmarks: live plans beside a what-if run

\`${command}\`, ${date}. One optimizer process on the embedded log plans a hinterland of ${shipments} shipments after each of its events; ${times.alone.length} steps alone, and as many while
a what-if run of all that happened is computed in the same process, ${TURN} at a time in turns. Milliseconds from an event's append until its plan is in the log.

| | alone | beside a run | ratio |
| --- | --- | --- | --- |
${rows.join('\n')}
`,
);

async function timedSteps(kind: keyof typeof times): Promise<void> {
  for (let step = 0; step < TURN; step++) {
    const began = performance.now();
    await planned([story[next++]!]);
    times[kind].push(performance.now() - began);
  }
}

/** Appends the events; resolves once a plan knows them. */
async function planned(events: readonly PortolanEvent[]): Promise<void> {
  await log.append(topics.events, events.map(encodeEvent));
  const [end] = await log.ends(topics.events);
  for (;;) {
    const [plans] = await log.ends(topics.plans);
    const [newest] = await log.read(topics.plans, 0, plans! - 1, 1);
    // What a policy accepts is an event, too: another plan may follow at once.
    if (newest && readPublication(newest).position >= end! - 1) return;
    await pause(1);
  }
}

function scenario(): string {
  const known = formatInstant(parseInstant(story[opening - 1]!.recordedtime)!);
  const change = { set: { parameter: 'co2PricePerTonne', value: Array.from({ length: 50 }, (_, i) => 10 * i), known } };
  return JSON.stringify({ format: 'portolan.scenario/1', name: 'bench', variants: [{ name: 'v', changes: [change] }] });
}

async function isOver(run: string): Promise<boolean> {
  const [end] = await log.ends(topics.whatIf);
  const records = await log.read(topics.whatIf, 0, 0, end!);
  return records.some((record) => record.key === run && isEnd(kindOf(record)));
}
