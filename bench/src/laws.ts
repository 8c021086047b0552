import { parseArgs } from 'node:util';
import { type EngineName, engineNamed } from '@portolan/planning';
import { STEPS, faultOf, problemKinds } from './law.js';
import { whole } from './options.js';

// npm run bench:laws [-- --count N --from SEED --kind timed|static|line|impatient|waiting --engine NAME]: random problems, each through random changes: the plan
// kept must cost what one from scratch does, and be proven. Without a kind each in turn. Ends with 1 at the first seed that fails.
const { values } = parseArgs({
  options: {
    from: { type: 'string', default: '1' },
    count: { type: 'string', default: '100000' },
    kind: { type: 'string' },
    engine: { type: 'string', default: 'simplex' },
  },
});
const REPORT_EVERY = 1000;
const all = Object.keys(problemKinds);
if (values.kind !== undefined && !all.includes(values.kind))
  throw new Error(`--kind (${values.kind}) is one of ${all.join(', ')}`);
const kinds = values.kind === undefined ? all : [values.kind];
const [from, count] = [whole('from', values.from), whole('count', values.count)];
const engine = await engineNamed(values.engine as EngineName);

let held = 0;
for (let seed = from; seed < from + count; seed++) {
  const kind = kinds[seed % kinds.length]!;
  const fault = faultAt(kind, seed);
  if (fault !== undefined) {
    console.error(`seed ${seed}, ${kind}, ${values.engine}: ${fault}`);
    console.error(`again: npm run bench:laws -- --kind ${kind} --engine ${values.engine} --from ${seed} --count 1`);
    process.exitCode = 1;
    break;
  }
  held++;
  if (held % REPORT_EVERY === 0) console.error(`seeds ${from} to ${seed} hold`);
}
console.log(
  `${held} of ${count} random problems hold, ${held * (STEPS + 1)} optimizations (${kinds.join(', ')}; ${values.engine})`,
);

/** What the planner throws is a fault of the seed as well. */
function faultAt(kind: string, seed: number): string | undefined {
  try {
    return faultOf(kind, seed, engine);
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}
