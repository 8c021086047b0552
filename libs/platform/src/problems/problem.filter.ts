import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Routes } from '../http/routes.js';
import { ProblemError, problemDocument } from './problem-error.js';
import { problemOf } from './problem-of.js';

/** Answers everything thrown as `application/problem+json`. No stack trace leaves; what is our fault goes to the log. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    private readonly routes: Routes = { methodsAt: () => [] },
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const what = request.is404 ? nowhere(request, this.routes) : thrown;
    answerProblem(what, request, http.getResponse<FastifyReply>(), this.logger);
  }
}

/** The path may be known with other methods (RFC 9110, section 15.5.6). */
function nowhere({ method, url }: FastifyRequest, routes: Routes): ProblemError {
  const path = url.split('?', 1)[0]!.slice(0, 200);
  const methods = routes.methodsAt(path);
  if (methods.length === 0)
    return new ProblemError('not-found', `There is nothing at ${path}. /openapi.json says what there is.`);
  const headers = { allow: methods.join(', ') };
  return new ProblemError('method-not-allowed', `${path} has ${methods.join(' and ')}, not ${method}.`, { headers });
}

export function answerProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply, logger: Logger): void {
  const problem = problemOf(thrown);
  if (problem.status >= 500) logFault(problem, thrown, request, logger);
  if (reply.sent || reply.raw.headersSent) return;
  const document = problemDocument(problem, `urn:uuid:${request.id}`);
  void reply
    .status(problem.status)
    .headers(problem.headers)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .send(JSON.stringify(document));
}

function logFault(problem: ProblemError, thrown: unknown, { id, method, url }: FastifyRequest, logger: Logger): void {
  const log = problem.code === 'not-ready' ? logger.debug : problem.retriable ? logger.warn : logger.error;
  log.call(logger, { err: problem.cause ?? thrown, code: problem.code, request: id, method, url }, problem.detail);
}
