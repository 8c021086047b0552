/** One kind of error that may leave the process. `docs/errors.md` is the same list for people; a test keeps them equal. */
export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** Does the same request have a chance when it is sent again later? */
  readonly retriable: boolean;
}

const once = (status: number, title: string): ProblemKind => ({ status, title, retriable: false });
const again = (status: number, title: string): ProblemKind => ({ status, title, retriable: true });

/** Every code, never reused for something else. */
export const problems = {
  'bad-request': once(400, 'The request is not valid HTTP'),
  'malformed-json': once(400, 'The body is not JSON'),
  'malformed-encoding': once(400, 'The body cannot be decompressed'),
  'empty-body': once(400, 'The body is empty'),
  'invalid-parameter': once(400, 'A parameter is not known or has an impossible value'),
  'not-found': once(404, 'There is no such thing'),
  'no-plan-yet': again(404, 'Nothing has been planned yet'),
  'method-not-allowed': once(405, 'The resource does not have this method'),
  'request-timeout': again(408, 'The request took too long to arrive'),
  'conflict-superseded': once(409, 'The recommendation is no longer open'),
  'conflict-decided': once(409, 'The recommendation was decided otherwise'),
  'too-late': once(409, 'The time to decide has passed'),
  'body-too-large': once(413, 'The body is too large'),
  'log-record-too-large': once(413, 'The log takes no record of this size'),
  'uri-too-long': once(414, 'The URL is too long'),
  'unsupported-media-type': once(415, 'The media type of the body is not supported'),
  'unsupported-encoding': once(415, 'The content encoding of the body is not supported'),
  validation: once(422, 'The body does not have the right shape'),
  'idempotency-key-reused': once(422, 'The idempotency key belongs to another request'),
  'too-many-requests': again(429, 'Too many requests'),
  'headers-too-large': once(431, 'The headers are too large'),
  internal: once(500, 'The service has a fault'),
  'log-refused': once(500, 'The log refuses what the service asks of it'),
  'store-refused': once(500, 'The store refuses what the service asks of it'),
  unavailable: again(503, 'The service cannot answer at the moment'),
  'not-ready': again(503, 'The service is not ready yet'),
  'log-unreachable': again(503, 'The log cannot be reached'),
  'log-in-use': again(503, 'The log is in use by another process'),
  'log-closed': again(503, 'The log is closed'),
  'store-unreachable': again(503, 'The store cannot be reached'),
  'store-unavailable': again(503, 'The store cannot serve at the moment'),
  'store-closed': again(503, 'The store is closed'),
  'log-full': again(507, 'The log has no room left'),
  'store-full': again(507, 'The store has no room left'),
} as const satisfies Readonly<Record<string, ProblemKind>>;

export type ProblemCode = keyof typeof problems;

/** The `type` member of RFC 9457: stable, not to be fetched. */
export const problemType = (code: ProblemCode): string => `urn:portolan:problem:${code}`;

export const isProblemCode = (code: unknown): code is ProblemCode =>
  typeof code === 'string' && Object.hasOwn(problems, code);
