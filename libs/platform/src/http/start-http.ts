import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { type Clock, systemClock } from '../clock.js';
import { nestLogger } from '../logging/nest-logger.js';
import { HealthChecks } from '../health/health.js';
import { Metrics } from '../metrics/metrics.js';
import { PlatformModule } from '../platform.module.js';
import { ProblemError, problemDocument } from '../problems/problem-error.js';
import { answerProblem, ProblemFilter } from '../problems/problem.filter.js';
import { traceRequests } from '../tracing/trace-requests.js';
import { takeBodiesAsBytes } from './bodies.js';
import { rememberRoutes } from './routes.js';

export interface HttpOptions {
  /** 0: any free port. */
  readonly port: number;
  readonly host: string;
  readonly logger: Logger;
  /** Most bytes of a body, compressed and decompressed. Default 10 MiB. */
  readonly bodyLimit?: number;
  /** Default: the machine's clock. */
  readonly clock?: Clock;
  /** Default: new ones, that watch the process too. */
  readonly metrics?: Metrics;
  /** What has to be well before the first request, too. Default: none but what the modules register. */
  readonly health?: HealthChecks;
}

export interface RunningHttp {
  /** Such as `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly app: NestFastifyApplication;
  /** Ends idle connections, lets running requests finish, then runs the modules' shutdown hooks. */
  close(): Promise<void>;
}

export const BODY_LIMIT = 10 * 1024 * 1024;
const LONGEST_PARAMETER = 1024;
const REQUEST_TIMEOUT_MS = 120_000;

/**
 * Serves a Nest module over HTTP, with what every service shares: health, metrics, problems (RFC 9457), bodies as bytes, request logs.
 * `CLOCK`, `LOGGER`, `Metrics` and `HealthChecks` can be injected anywhere in the module.
 */
export async function startHttp(module: Type | DynamicModule, options: HttpOptions): Promise<RunningHttp> {
  const { port, host, logger, clock = systemClock, health = new HealthChecks() } = options;
  const { metrics = new Metrics().watchProcess() } = options;
  const root = { module: HttpRoot, imports: [PlatformModule.register({ clock, logger, metrics, health }), module] };
  const app = await NestFactory.create<NestFastifyApplication>(root, adapterOf(options), {
    logger: nestLogger(logger),
    abortOnError: false,
    bodyParser: false,
  });
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  app.useGlobalFilters(new ProblemFilter(logger, rememberRoutes(fastify)));
  traceRequests(fastify, isWatching);
  takeBodiesAsBytes(fastify);
  observe(fastify, metrics, logger);
  await app.listen(port, host);
  const url = (await app.getUrl()).replace('[::1]', 'localhost');
  return { url, app, close: () => app.close() };
}

class HttpRoot {}

/** Asked by machines that watch, every few seconds. */
const isWatching = (route: string): boolean => route.startsWith('/health') || route === '/metrics';

const adapterOf = ({ logger, bodyLimit = BODY_LIMIT }: HttpOptions): FastifyAdapter =>
  new FastifyAdapter({
    bodyLimit,
    requestTimeout: REQUEST_TIMEOUT_MS,
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      answerProblem(error, request, reply, logger),
    clientErrorHandler: answerUnreadable,
  });

/** What is not even HTTP has no request to answer: the problem goes straight to the connection. */
function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const problem =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? new ProblemError('headers-too-large', 'The headers together may have 16 KiB.')
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? new ProblemError('request-timeout', 'The request was not complete in time.')
        : new ProblemError('bad-request', 'What was sent cannot be read as HTTP/1.1.');
  const body = JSON.stringify(problemDocument(problem));
  const head = `HTTP/1.1 ${problem.status} ${problem.code}\r\nContent-Type: application/problem+json\r\n`;
  socket.end(`${head}Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`);
}

function observe(fastify: FastifyInstance, metrics: Metrics, logger: Logger): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    const status = reply.statusCode;
    metrics.httpSeconds.observe({ method: request.method, route, status }, reply.elapsedTime / 1000);
    const entry = {
      request: request.id,
      method: request.method,
      url: request.url,
      status,
      ms: Math.round(reply.elapsedTime),
    };
    logger[isWatching(route) ? 'trace' : 'debug'](entry, 'request');
    done();
  });
}
