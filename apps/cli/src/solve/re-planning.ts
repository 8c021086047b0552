import { type Fault, parseChanges } from '@portolan/domain';
import type { LivePlan, Outcome } from '@portolan/planning';

/** What became of one line of changes; money as in the problem. */
export type ChangeResult = { readonly line: number } & (
  | {
      readonly objective: number;
      readonly certificate: Pick<Outcome, 'dualBound' | 'gap' | 'dualInfeasibility'>;
      readonly rounds: number;
      readonly searches: number;
      readonly columns: number;
      readonly milliseconds: number;
    }
  | { readonly errors: readonly Fault[] }
);

const clock = () => performance.now();

/** Applies each line (one change, or a list made together) and re-optimizes; a line that is wrong changes nothing. */
export async function* replan(
  live: LivePlan,
  lines: AsyncIterable<string>,
  timeLimitSeconds?: number,
): AsyncIterable<ChangeResult> {
  let line = 0;
  for await (const text of lines) {
    line++;
    if (text.trim() !== '') yield { line, ...resultOf(live, text, timeLimitSeconds) };
  }
}

type Result = ChangeResult extends infer Each ? (Each extends ChangeResult ? Omit<Each, 'line'> : never) : never;

function resultOf(live: LivePlan, text: string, timeLimitSeconds: number | undefined): Result {
  const began = clock();
  const json = parsedJson(text);
  if (json instanceof Error) return { errors: [{ pointer: '', message: `is not JSON: ${json.message}` }] };
  const parsed = parseChanges(json);
  const errors = parsed.ok ? live.apply(parsed.changes) : parsed.errors;
  if (errors.length > 0) return { errors: Array.isArray(json) ? errors : errors.map(withoutIndex) };
  const deadline = timeLimitSeconds === undefined ? Infinity : began + timeLimitSeconds * 1000;
  const { objective, dualBound, gap, dualInfeasibility, rounds, searches, columns } = live.optimize({
    clock,
    deadline,
  });
  const milliseconds = Math.round((clock() - began) * 1000) / 1000;
  return { objective, certificate: { dualBound, gap, dualInfeasibility }, rounds, searches, columns, milliseconds };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error as Error;
  }
}

/** A change by itself is not the first of a list. */
const withoutIndex = (fault: Fault): Fault => ({ ...fault, pointer: fault.pointer.replace(/^\/0/, '') });
