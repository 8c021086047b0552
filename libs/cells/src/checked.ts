import { type Problem, type ProblemDocument, parseProblem } from '@portolan/domain';

/** The problem behind a document the fold has written: it is valid, or the fold is wrong. */
export function checked(document: ProblemDocument): Problem {
  const parsed = parseProblem(document);
  if (parsed.ok) return parsed.problem;
  const faults = parsed.errors.map(({ pointer, message }) => `${pointer} ${message}`).slice(0, 5);
  throw new Error(`the state gave a problem that is not valid: ${faults.join('; ')}`);
}
