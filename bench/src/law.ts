import type { PlanChange, ProblemDocument } from '@portolan/domain';
import type { Engine } from '@portolan/planning';
import type { Tuning } from '../../libs/planning/src/catalogue/tuning.js';
import { randomChanges, timePasses } from '../../libs/planning/src/testing/random-change.js';
import { randomLineProblem } from '../../libs/planning/src/testing/random-line-problem.js';
import { randomTuning } from '../../libs/planning/src/testing/random-tuning.js';
import { randomProblem, randomStaticProblem, seeded } from '../../libs/planning/src/testing/random-problem.js';
import { opened } from './measurement.js';

export interface ProblemKind {
  readonly problem: (random: () => number) => ProblemDocument;
  readonly tuning?: (random: () => number) => Tuning | undefined;
  readonly changes?: (random: () => number, document: ProblemDocument) => PlanChange[];
}

export const problemKinds: Readonly<Record<string, ProblemKind>> = {
  timed: { problem: randomProblem },
  static: { problem: randomStaticProblem },
  line: { problem: randomLineProblem },
  impatient: { problem: randomProblem, tuning: randomTuning },
  waiting: {
    problem: (random) => (random() < 0.5 ? randomProblem : randomLineProblem)(random),
    tuning: (random) => (random() < 0.5 ? randomTuning(random) : undefined),
    changes: (random, document) => [...timePasses(random, document), ...randomChanges(random, document)],
  },
};

/** Changes of each problem, one after the other. */
export const STEPS = 3;
const TOLERANCE = 1e-6;

/**
 * What is wrong on the way of one random problem through random changes; `undefined` if nothing is: the plan kept costs what one from scratch
 * does, both are proven, and the plan keeps to all limits. Throws where the planner does.
 */
export function faultOf(kind: string, seed: number, engine: Engine): string | undefined {
  const random = seeded(seed);
  const { problem, tuning, changes = randomChanges } = problemKinds[kind]!;
  const live = opened(problem(random), engine, tuning?.(random));
  for (let step = 0; step <= STEPS; step++) {
    if (step > 0) live.apply(changes(random, live.problem.document));
    const warm = live.optimize();
    const cold = opened(structuredClone(live.problem.document), engine).optimize();
    const { certificate, objective } = live.plan();
    const scale = Math.max(1, Math.abs(cold.objective));
    const measures = {
      'kept against from scratch': Math.abs(warm.objective - cold.objective) / scale,
      'the document against what is kept': Math.abs(objective.total - warm.objective) / scale,
      'gap of what is kept': warm.gap,
      'dual infeasibility of what is kept': warm.dualInfeasibility,
      'gap from scratch': cold.gap,
      'dual infeasibility from scratch': cold.dualInfeasibility,
      'primal infeasibility': certificate.primalInfeasibility,
    };
    const wrong = Object.entries(measures).filter(([, by]) => !(by < TOLERANCE));
    if (wrong.length > 0)
      return `step ${step}: kept ${warm.objective}, from scratch ${cold.objective}; ${wrong.map(([what, by]) => `${what}: ${by}`).join('; ')}`;
  }
  return undefined;
}
