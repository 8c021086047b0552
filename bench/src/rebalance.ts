import { parseArgs } from 'node:util';
import type { KafkaClientName } from '@portolan/streams';
import { whole } from './options.js';
import { rebalance } from './rebalance/rebalance.js';
import { table } from './report.js';
import { quantile } from './statistics.js';

// npm run check:rebalance [-- --cells N --optimizers N --shipments N --interval MS --client NAME --limit S]: events flow over cells on a broker of
// its own while optimizers go from 1 to N and back, killed and told to end in turn. Fails when a plan is missing, doubled or not the optimum, or
// when a cell waits for its next plan longer than the limit.
const { values } = parseArgs({
  options: {
    cells: { type: 'string', default: '16' },
    optimizers: { type: 'string', default: '4' },
    shipments: { type: 'string', default: '40' },
    interval: { type: 'string', default: '2000' },
    snapshots: { type: 'string', default: '10' },
    client: { type: 'string', default: 'platformatic' },
    limit: { type: 'string', default: '10' },
  },
});
const limit = whole('limit', values.limit);
const outcome = await rebalance(
  {
    cells: whole('cells', values.cells),
    optimizers: whole('optimizers', values.optimizers),
    shipments: whole('shipments', values.shipments),
    intervalMs: whole('interval', values.interval),
    snapshotEvents: whole('snapshots', values.snapshots),
    client: values.client as KafkaClientName,
  },
  (line) => console.error(line),
);

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
const rows = outcome.changes.slice(1).map((change) => {
  const times = outcome.takeovers.filter((each) => each.change === change).map(({ ms }) => ms);
  const sorted = times.toSorted((a, b) => a - b);
  const figures =
    sorted.length === 0 ? ['–', '–', '–'] : [0.5, 0.9, 1].map((share) => seconds(quantile(sorted, share)));
  return [change.what, String(times.length), ...figures];
});
console.log(table(['optimizers', 'cells that moved', 'half planned again after', '9 of 10', 'all'], rows));

const sum = (of: 'steps' | 'equal' | 'fromNothing') => outcome.verdicts.reduce((total, each) => total + each[of], 0);
const faults = outcome.verdicts.flatMap((each) => each.faults);
for (const { cell, change, ms } of outcome.takeovers)
  if (ms > limit * 1000) faults.push(`${cell}: ${change.what}, planned again after ${seconds(ms)}`);
console.log(`${outcome.events} events, ${sum('steps')} plans of ${values.cells} cells; ${faults.length} faults`);
console.log(
  `${sum('equal')} publications are those of an undisturbed run, byte by byte; ${sum('fromNothing')} were planned from nothing`,
);
console.log(`${outcome.fromSnapshots} of ${outcome.gained} partitions that were gained began with a snapshot`);
for (const fault of faults) console.log(`✗ ${fault}`);
process.exitCode = faults.length === 0 ? 0 : 1;
