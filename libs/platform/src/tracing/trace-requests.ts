import { type Context, ROOT_CONTEXT, SpanKind, SpanStatusCode, context, propagation, trace } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Are traces taken in this process? Without, there is no propagator, and it has no fields. */
export const isTracing = (): boolean => propagation.fields().length > 0;

/**
 * A span for each request, which continues the trace that the request's `traceparent` names (W3C Trace Context); what is asked by machines
 * that watch has none. Names and attributes are those of OpenTelemetry's conventions for HTTP servers.
 */
export function traceRequests(fastify: FastifyInstance, isWatching: (route: string) => boolean): void {
  if (!isTracing()) return;
  const tracer = trace.getTracer('portolan.http');
  const contexts = new WeakMap<FastifyRequest, Context>();
  const inContext = (request: FastifyRequest, done: () => void) =>
    context.with(contexts.get(request) ?? context.active(), done);

  fastify.addHook('onRequest', (request, _reply, done) => {
    const route = request.routeOptions.url ?? '';
    if (isWatching(route)) return done();
    const parent = propagation.extract(ROOT_CONTEXT, request.headers);
    const attributes = {
      'http.request.method': request.method,
      'http.route': route,
      'url.path': request.url.split('?', 1)[0]!,
      'portolan.request': request.id,
    };
    const options = { kind: SpanKind.SERVER, attributes };
    contexts.set(
      request,
      trace.setSpan(parent, tracer.startSpan(`${request.method} ${route}`.trim(), options, parent)),
    );
    inContext(request, done);
  });
  // Bodies arrive on the connection's own, older context.
  fastify.addHook('preHandler', (request, _reply, done) => inContext(request, done));
  fastify.addHook('onResponse', (request, reply, done) => {
    const span = trace.getSpan(contexts.get(request) ?? ROOT_CONTEXT);
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    inContext(request, done);
  });
}
