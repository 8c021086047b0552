import { type Problem, type ProblemDocument, parseProblem, planDocument } from '@portolan/domain';
import fc from 'fast-check';
import { solve } from './solve.js';
import { enumeratedOptimum } from './testing/enumeration.js';
import { randomLineProblem } from './testing/random-line-problem.js';
import { randomProblem, randomStaticProblem, seeded } from './testing/random-problem.js';
import { recomputedTotal, worstExcess } from './testing/recomputed.js';

const CASES = Number(process.env['PORTOLAN_CASES'] ?? 400);

const parsed = (document: ProblemDocument): Problem => {
  const outcome = parseProblem(document);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.errors));
  return outcome.problem;
};

/** How far a plan is from the enumerated optimum, from what its flows cost, from its limits and from its own proof, relative. */
async function distances(problem: Problem) {
  const optimum = await enumeratedOptimum(problem);
  const plan = planDocument.parse(await solve(problem));
  const { total } = plan.objective;
  const { gap, primalInfeasibility, dualInfeasibility } = plan.certificate;
  const scale = Math.max(1, Math.abs(optimum));
  return {
    status: plan.status,
    optimum: Math.abs(total - optimum) / scale,
    flows: Math.abs(total - recomputedTotal(problem, plan)) / scale,
    excess: worstExcess(problem, plan),
    certificate: Math.max(Math.abs(gap), primalInfeasibility, dualInfeasibility),
  };
}

describe('the plan of a random problem', () => {
  it.each([
    ['timed', randomProblem, 3 / 8],
    ['timed, with many legs', randomLineProblem, 3 / 8],
    ['static', randomStaticProblem, 2 / 8],
  ] as const)(
    'costs as little as the best of all itineraries, by its flows and its certificate as well (%s)',
    async (_, document, share) => {
      await fc.assert(
        fc.asyncProperty(fc.integer(), async (seed) => {
          const { status, ...distance } = await distances(parsed(document(seeded(seed))));
          expect(status).toBe('optimal');
          for (const figure of Object.values(distance)) expect(figure).toBeLessThanOrEqual(1e-6);
        }),
        { numRuns: Math.ceil(CASES * share) },
      );
    },
    600_000,
  );
});
