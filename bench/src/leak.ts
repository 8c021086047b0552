import { syntheticHinterland } from '@portolan/synthetic';
import { LivePlan, engineNamed } from '@portolan/planning';
import { changesOf } from './changes.js';

// npm run bench:leak [-- CHANGES [SHIPMENTS]]: memory through a long stream of changes, after garbage collection, and its trend.
const [total = 50_000, shipments = 3000] = process.argv.slice(2).map(Number);
const STEPS = 50;
const { problem } = syntheticHinterland({ shipments, seed: 1 });
const opened = LivePlan.of(problem, await engineNamed('simplex'));
if ('faults' in opened) throw new Error(JSON.stringify(opened.faults.slice(0, 3)));
const { plan } = opened;
plan.optimize();
const sizes: { changes: number; megabytes: number }[] = [];
let changes = 0;
for (const { changes: some } of changesOf(problem, 1)) {
  plan.apply(some);
  plan.optimize();
  if (++changes % Math.ceil(total / STEPS) === 0) note();
  if (changes >= total) break;
}
// The first fifth fills pools and tables.
const late = sizes.slice(Math.floor(sizes.length / 5));
console.error(`trend after the first fifth: ${(trendOf(late) * 1000).toFixed(3)} MB per 1 000 changes`);

function note(): void {
  globalThis.gc?.();
  const megabytes = process.memoryUsage().heapUsed / 1e6;
  sizes.push({ changes, megabytes });
  console.error(`${changes} changes, ${plan.problem.demandById.size} demands: ${megabytes.toFixed(1)} MB`);
}

/** The slope of the line of least squares. */
function trendOf(points: readonly { changes: number; megabytes: number }[]): number {
  const mean = (of: (point: { changes: number; megabytes: number }) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean(({ changes }) => changes), mean(({ megabytes }) => megabytes)];
  const covariance = mean((point) => (point.changes - x) * (point.megabytes - y));
  return covariance / mean((point) => (point.changes - x) ** 2);
}
