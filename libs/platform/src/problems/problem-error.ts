import type { Fault } from '@portolan/domain';
import { type ProblemCode, problemType, problems } from './problems.js';

export interface ProblemOptions {
  /** What is wrong, place by place. */
  readonly errors?: readonly Fault[];
  /** Of the answer, such as `retry-after`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the problem document (RFC 9457, section 3.2). */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

const MOST_ERRORS = 100;
const LONGEST_VALUE = 300;

/**
 * A request that cannot be served, as its sender shall see it: thrown anywhere behind a controller, answered as
 * `application/problem+json` (RFC 9457). `detail` names the thing, its value and what would be right.
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly status: number;
  readonly retriable: boolean;
  readonly errors: readonly Fault[];
  readonly headers: Readonly<Record<string, string>>;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    { errors = [], headers = {}, members = {}, cause }: ProblemOptions = {},
  ) {
    super(detail, { cause });
    this.status = problems[code].status;
    this.retriable = problems[code].retriable;
    this.errors = errors;
    this.headers = headers;
    this.members = members;
  }
}

/** The document of RFC 9457, with `code`, `retriable` and `errors` (at most 100, long values cut). */
export function problemDocument(problem: ProblemError, instance?: string): Readonly<Record<string, unknown>> {
  const { code, status, detail, retriable, errors, members } = problem;
  const omitted = errors.length - MOST_ERRORS;
  return {
    type: problemType(code),
    title: problems[code].title,
    status,
    detail,
    ...(instance !== undefined && { instance }),
    code,
    retriable,
    ...(errors.length > 0 && { errors: errors.slice(0, MOST_ERRORS).map(shown) }),
    ...(omitted > 0 && { errorsOmitted: omitted }),
    ...members,
  };
}

/** A fault with a value that is fit to be sent back: as it is when short, else its beginning. */
function shown({ pointer, value, message }: Fault): Fault {
  if (value === undefined) return { pointer, message };
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return { pointer, value: text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : value, message };
}
