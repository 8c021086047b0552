import { parseArgs } from 'node:util';
import { engineNamed } from '@portolan/planning';
import { syntheticHinterland } from '@portolan/synthetic';
import { changesOf } from './changes.js';
import { applied, opened } from './measurement.js';
import { whole } from './options.js';
import { type Point, slopeOf } from './slope.js';

// npm run bench:leak [-- --changes N --shipments N --seed S]: the heap through a long stream of changes, after garbage collection, and its trend.
const { values } = parseArgs({
  options: {
    changes: { type: 'string', default: '50000' },
    shipments: { type: 'string', default: '3000' },
    seed: { type: 'string', default: '1' },
  },
});
const total = whole('changes', values.changes);
const seed = whole('seed', values.seed);
const EVERY = Math.min(1000, Math.ceil(total / 10));

const collect = globalThis.gc;
if (!collect) throw new Error('run with --expose-gc: the heap is only comparable after garbage collection');
const { problem } = syntheticHinterland({ shipments: whole('shipments', values.shipments), seed });
const plan = opened(problem, await engineNamed('simplex'));
plan.optimize();
const points: Point[] = [];
let count = 0;
for (const { changes } of changesOf(problem, seed)) {
  applied(plan, changes);
  plan.optimize();
  count++;
  if (count % EVERY === 0) note();
  if (count >= total) break;
}
// The first fifth fills pools and tables.
const late = points.slice(Math.floor(points.length / 5));
console.log(`slope after the first fifth: ${(1000 * slopeOf(late)).toFixed(3)} MB per 1 000 changes`);

function note(): void {
  collect!();
  const megabytes = process.memoryUsage().heapUsed / 1e6;
  points.push({ x: count, y: megabytes });
  console.log(`${count} changes, ${plan.problem.demandById.size} demands: ${megabytes.toFixed(1)} MB`);
}
