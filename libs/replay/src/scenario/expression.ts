import { Script, createContext } from 'node:vm';
import { Environment } from '@marcbachmann/cel-js';
import type { PortolanEvent } from '@portolan/domain';

/** So many events are looked at together, and no longer than this. */
const AT_ONCE = 1000;
const MILLISECONDS = 2000;

/** Expressions are CEL: no loops but over lists, no code. What is written stays small, too. */
const environment = new Environment({
  limits: { maxAstNodes: 500, maxDepth: 50, maxListElements: 1000, maxMapEntries: 100, maxCallArguments: 10 },
})
  .registerVariable('event', 'dyn')
  .registerVariable('data', 'dyn');

/** What is wrong with an expression, as far as its text tells. */
export function expressionFaults(text: string): string[] {
  const parsed = parsedExpression(text);
  if (typeof parsed === 'string') return [parsed];
  const { type } = parsed.check();
  return type === 'bool' || type === 'dyn' ? [] : [`must be true or false for each event; this is of type ${type}`];
}

export type Expression = (events: readonly PortolanEvent[]) => boolean[];

/** An expression did not end, or came to something that is neither true nor false. */
export class ExpressionFailure extends Error {}

/**
 * For which events an expression holds. A field that an event does not have makes it false. Throws an `ExpressionFailure` where it takes
 * more than two seconds for a thousand events, also within one regular expression.
 * @param text one without `expressionFaults`
 */
export function expressionOf(text: string): Expression {
  const parsed = parsedExpression(text);
  if (typeof parsed === 'string') throw new ExpressionFailure(parsed);
  return (events) => {
    const holds: boolean[] = [];
    for (let from = 0; from < events.length; from += AT_ONCE) {
      const part = events.slice(from, from + AT_ONCE);
      withinTime(() => part.forEach((event) => holds.push(holdsFor(parsed, event))));
    }
    return holds;
  };
}

type ParsedExpression = ReturnType<typeof environment.parse>;

function parsedExpression(text: string): ParsedExpression | string {
  try {
    const parsed = environment.parse(text);
    const { valid, error } = parsed.check();
    return valid ? parsed : firstLine(error?.message ?? 'is no expression');
  } catch (error) {
    return firstLine((error as Error).message);
  }
}

function holdsFor(parsed: ParsedExpression, event: PortolanEvent): boolean {
  let value: unknown;
  try {
    value = parsed({ event, data: event.data });
  } catch (error) {
    // Of a field that is not there, or a comparison that this event's value does not allow.
    if (error instanceof Error && error.name === 'EvaluationError') return false;
    throw error;
  }
  if (typeof value === 'boolean') return value;
  throw new ExpressionFailure(`must be true or false for each event; for ${event.id} it is ${typeof value}`);
}

const script = new Script('work()');

/** Only the machine can end what a regular expression has begun. */
function withinTime(work: () => void): void {
  try {
    script.runInContext(createContext({ work }), { timeout: MILLISECONDS });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new ExpressionFailure(`did not end within ${MILLISECONDS / 1000} s for ${AT_ONCE} events`);
  }
}

const firstLine = (message: string): string => message.split('\n', 1)[0]!;
