import { AuthenticationError, GenericError, MultipleErrors, NetworkError, TimeoutError } from '@platformatic/kafka';
import type { Failure } from '../client.js';

/** A broker answers with codes; the client makes a tree of errors of them, among them why connections failed. */
export const failureOf = (error: unknown): Failure | undefined => {
  if (!(error instanceof GenericError) && !(error instanceof MultipleErrors)) return undefined;
  const all = treeOf(error);
  const answered = all.find((each) => answerOf(each) !== undefined);
  const refused = answered ?? all.find((each) => each instanceof AuthenticationError);
  if (refused) {
    const type = answerOf(refused);
    const said = type === undefined ? refused.message : `${refused.message} (${type})`;
    return { kind: 'refused', message: said, retriable: retriableOf(refused), type };
  }
  const silent = all.find((each) => each instanceof NetworkError || each instanceof TimeoutError);
  const first = all.find((each) => each.name === 'Error' && 'syscall' in each) ?? silent ?? error;
  return { kind: silent ? 'unanswered' : 'refused', message: first.message, retriable: silent !== undefined };
};

/** The error with all it was made of, outermost first. */
const treeOf = (error: unknown): Error[] => {
  if (!(error instanceof Error)) return [];
  const inner = error instanceof AggregateError ? (error.errors as unknown[]) : [];
  return [error, ...[...inner, error.cause].flatMap(treeOf)];
};

const answerOf = (error: Error): string | undefined => {
  const { apiId } = error as { apiId?: unknown };
  return typeof apiId === 'string' ? apiId : undefined;
};

const retriableOf = (error: Error): boolean => (error as { canRetry?: unknown }).canRetry === true;
