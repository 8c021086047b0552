import { parseArgs } from 'node:util';
import type { ProblemDocument } from '@portolan/domain';
import { type Engine, type EngineName, LivePlan, engineNamed } from '@portolan/planning';
import { randomChanges } from '../../libs/planning/src/testing/random-change.js';
import { randomLineProblem } from '../../libs/planning/src/testing/random-line-problem.js';
import { randomProblem, randomStaticProblem, seeded } from '../../libs/planning/src/testing/random-problem.js';

// npm run bench:laws [-- --from SEED --count N --kind timed|static|line --engine NAME]: random problems, each through random changes: the plan
// kept must cost what one from scratch does, and be proven. Stops at the first that does not, and names its seed.
const { values } = parseArgs({
  options: {
    from: { type: 'string', default: '1' },
    count: { type: 'string', default: '100000' },
    kind: { type: 'string', default: 'timed' },
    engine: { type: 'string', default: 'simplex' },
  },
});
const problems: Readonly<Record<string, (random: () => number) => ProblemDocument>> = {
  timed: randomProblem,
  static: randomStaticProblem,
  line: randomLineProblem,
};
const STEPS = 3;
const TOLERANCE = 1e-6;
const REPORT_EVERY = 5000;

const problem = problems[values.kind];
if (!problem) throw new Error(`--kind (${values.kind}) is one of ${Object.keys(problems).join(', ')}`);
const engine = await engineNamed(values.engine as EngineName);
const [from, count] = [Number(values.from), Number(values.count)];
for (let seed = from; seed < from + count; seed++) {
  const fault = faultOf(seed);
  if (fault) throw new Error(`seed ${seed}: ${fault}`);
  if ((seed - from + 1) % REPORT_EVERY === 0) console.error(`${values.kind}: seeds ${from} to ${seed} hold`);
}
console.error(`${values.kind}, ${values.engine}: ${count} random sequences of ${STEPS + 1} optimizations hold`);

function faultOf(seed: number): string | undefined {
  const random = seeded(seed);
  const live = opened(problem!(random), engine);
  for (let step = 0; step <= STEPS; step++) {
    if (step > 0) live.apply(randomChanges(random, live.problem.document));
    const warm = live.optimize();
    const cold = opened(structuredClone(live.problem.document), engine).optimize();
    const { certificate, objective } = live.plan();
    const scale = Math.max(1, Math.abs(cold.objective));
    const worst = Math.max(
      Math.abs(warm.objective - cold.objective) / scale,
      Math.abs(objective.total - warm.objective) / scale,
      warm.gap,
      warm.dualInfeasibility,
      cold.gap,
      certificate.primalInfeasibility,
    );
    if (!(worst < TOLERANCE))
      return `step ${step}: kept ${warm.objective}, from scratch ${cold.objective}, off by ${worst}`;
  }
  return undefined;
}

function opened(document: ProblemDocument, by: Engine): LivePlan {
  const outcome = LivePlan.of(document, by);
  if ('faults' in outcome) throw new Error(JSON.stringify(outcome.faults));
  return outcome.plan;
}
