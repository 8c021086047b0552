import { parseArgs } from 'node:util';
import { planningHere } from '@portolan/cells';
import { DAY, type PortolanEvent, formatInstant } from '@portolan/domain';
import { type Base, type Entry, baseOf, compile, parseScenario, variantsOf, whatIf } from '@portolan/replay';
import { dayOf } from './day.js';
import { whole } from './options.js';
import { aboutRun, writePage } from './page.js';

// npm run bench:replay [-- --shipments N --events N --variants N --out FOLDER]: a day's log planned every simulated 15 minutes, and variants that differ in its
// last tenth, in one thread. The baseline is one full replay.
const args = process.argv.slice(2);
const { values } = parseArgs({
  args,
  options: {
    shipments: { type: 'string', default: '3000' },
    events: { type: 'string', default: '100000' },
    variants: { type: 'string', default: '20' },
    out: { type: 'string', default: 'docs' },
  },
});
const EVERY = 15 * 60_000;
const [shipments, events, count] = [
  whole('shipments', values.shipments),
  whole('events', values.events),
  whole('variants', values.variants),
];
const entries = dayOf(shipments, events);
const pace = { kind: 'every', every: EVERY } as const;

async function* log(): AsyncGenerator<readonly Entry[]> {
  yield entries;
}

const base = (await baseOf(log(), {})) as Base;
const known = formatInstant(base.last - DAY / 10);
const variants = variantsOf(scenario()) as { variants: Parameters<typeof compile>[0] };
const { scripts } = compile(variants.variants, base) as { scripts: Parameters<typeof whatIf>[0]['scripts'] };
const began = process.cpuUsage();
let [steps, replayed] = [0, 0];
await whatIf({
  name: 'bench',
  base,
  pace,
  raw: true,
  signal: new AbortController().signal,
  planners: [planningHere()],
  variants: variants.variants,
  scripts,
  onProgress: ({ done, now }) => {
    if (now !== undefined) steps++;
    else if (done === 1) replayed = seconds();
    if (now === undefined || steps % 10 === 0) console.error(now ?? `${done} runs`, seconds().toFixed(1));
  },
});
const compared = seconds();
const ratio = compared / replayed;

const { date, command } = aboutRun('bench:replay', args);
await writePage(
  values.out,
  'benchmarks-replay.md',
  `# Benchmarks: replay and what-if

\`${command}\`, ${date}, one thread. A hinterland of ${shipments} shipments: all that leads to its problem, the first day of its story, and readings of reefers and positions of barges in
between, ${events} events in all, planned every simulated 15 minutes, with bookings accepted by policy where the cell has one. Variants differ in the capacity of one service each, known for the last tenth of the day.

| what | seconds of a core | |
| --- | --- | --- |
| replay: the baseline, with the places where variants leave it | ${replayed.toFixed(1)} | ${steps} plans |
| what-if, baseline and ${count} variants | ${compared.toFixed(1)} | ${ratio.toFixed(2)} replays |
| of that, the ${count} variants | ${(compared - replayed).toFixed(1)} | ${(ratio - 1).toFixed(2)} replays |
`,
);

function scenario() {
  const services = [...new Set(entries.flatMap(({ event }) => serviceIn(event)))];
  const changes = Array.from({ length: count }, (_, index) => ({
    name: `v${index}`,
    changes: [{ capacity: { service: services[Math.floor((index * services.length) / count)], factor: 0.5, known } }],
  }));
  const parsed = parseScenario(JSON.stringify({ format: 'portolan.scenario/1', name: 'bench', variants: changes }));
  if (!parsed.ok) throw new Error(parsed.faults[0]!.message);
  return parsed.value.document;
}

function serviceIn(event: PortolanEvent): string[] {
  return event.type === 'org.portolan.service.scheduled' && event.data.calls ? [event.data.id] : [];
}

/** Of one core since the beginning: others may use this machine, too. */
function seconds(): number {
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6;
}
