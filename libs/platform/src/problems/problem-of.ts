import { HttpException } from '@nestjs/common';
import { ProblemError } from './problem-error.js';
import { type ProblemCode, isProblemCode, problems } from './problems.js';

/** Whatever was thrown as a problem fit for the sender: Nest's and Fastify's own errors, ports that failed, faults of ours. */
export function problemOf(thrown: unknown): ProblemError {
  if (thrown instanceof ProblemError) return thrown;
  if (thrown instanceof HttpException) return ofHttp(thrown);
  const { code, statusCode, retriable } = (thrown ?? {}) as {
    code?: unknown;
    statusCode?: unknown;
    retriable?: unknown;
  };
  if (isProblemCode(code) && typeof retriable === 'boolean')
    return hidden(retriable && !problems[code].retriable ? 'unavailable' : code, thrown);
  if (typeof code === 'string' && /^(Z_|ERR__ERROR)/.test(code))
    return new ProblemError('malformed-encoding', 'The body does not have the content encoding that its header names.');
  if (typeof code === 'string' && code.startsWith('FST_')) return ofFastify(code, thrown as Error);
  if (typeof statusCode === 'number' && statusCode < 500) return ofStatus(statusCode, 'The request cannot be read.');
  return hidden('internal', thrown);
}

function ofHttp(exception: HttpException): ProblemError {
  const cause = exception.cause as { code?: unknown } | undefined;
  if (typeof cause?.code === 'string' && cause.code.startsWith('FST_')) return ofFastify(cause.code, cause as Error);
  return ofStatus(exception.getStatus(), exception.message);
}

const fastifyCodes: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['body-too-large', 'Send less at once: the limit also holds for the body decompressed.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported-media-type', 'The Content-Type header does not name a media type.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['bad-request', 'The body does not have the length that Content-Length says.'],
  FST_ERR_BAD_URL: ['bad-request', 'The path of the URL is not valid percent-encoding.'],
  FST_ERR_MAX_PARAM_LENGTH: ['uri-too-long', 'An identifier in the path is too long.'],
  FST_ERR_NOT_FOUND: ['not-found', 'There is nothing at this address; /openapi.json says what there is.'],
};

function ofFastify(code: string, error: Error & { statusCode?: number }): ProblemError {
  const known = fastifyCodes[code];
  if (known) return new ProblemError(...known);
  const status = error.statusCode ?? 500;
  return status < 500 ? ofStatus(status, error.message) : hidden('internal', error);
}

const statusCodes: Readonly<Record<number, ProblemCode>> = {
  400: 'bad-request',
  404: 'not-found',
  405: 'method-not-allowed',
  408: 'request-timeout',
  413: 'body-too-large',
  414: 'uri-too-long',
  415: 'unsupported-media-type',
  422: 'validation',
  429: 'too-many-requests',
  431: 'headers-too-large',
  503: 'unavailable',
};

function ofStatus(status: number, detail: string): ProblemError {
  const code = statusCodes[status];
  if (code) return new ProblemError(code, detail);
  return status < 500 ? new ProblemError('bad-request', detail) : hidden('internal', detail);
}

/** What went wrong inside is for the log; the sender learns whether to try again. */
const hidden = (code: ProblemCode, cause: unknown): ProblemError =>
  new ProblemError(code, problems[code].retriable ? 'Try again in a moment.' : 'It was written to the log.', {
    cause,
    ...(problems[code].retriable && { headers: { 'retry-after': '2' } }),
  });
