import { DiagLogLevel, context, diag, propagation, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-node';
import type { Logger } from 'pino';
import type { Tracing, TracingOptions } from './tracing.js';

const PATIENCE_MS = 3000;
const TOLD_EVERY_MS = 60_000;

/** Spans to a collector, in batches (OTLP/HTTP). */
export function sendTraces({ service, endpoint, logger }: TracingOptions): Tracing {
  tellProblems(logger);
  const url = endpoint === undefined ? {} : { url: `${endpoint.replace(/\/+$/, '')}/v1/traces` };
  return takeTraces(service, new BatchSpanProcessor(new OTLPTraceExporter(url)));
}

/**
 * Takes traces of everything in this process, for `processor`. Contexts go on as W3C Trace Context only: baggage of senders has no place
 * in a log that is kept for ever.
 */
export function takeTraces(service: string, processor: SpanProcessor): Tracing {
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': service, 'service.namespace': 'portolan' }))
    .merge(detectResources({ detectors: [envDetector] }));
  const provider = new NodeTracerProvider({ resource, spanProcessors: [processor] });
  provider.register({ propagator: new W3CTraceContextPropagator() });
  return { close: () => closed(provider) };
}

async function closed(provider: NodeTracerProvider): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
  await Promise.race([provider.shutdown().catch(() => {}), enough]);
  clearTimeout(timer);
  for (const api of [trace, context, propagation, diag]) api.disable();
}

/** A collector that is away is worth a line now and then, and no more: spans are not the truth. */
function tellProblems(logger: Logger): void {
  let told = -Infinity;
  const tell = (problem: string) => {
    if (performance.now() - told < TOLD_EVERY_MS) return;
    told = performance.now();
    logger.warn({ problem: problem.slice(0, 500) }, 'traces could not be sent');
  };
  const nothing = () => {};
  diag.setLogger({ error: tell, warn: tell, info: nothing, debug: nothing, verbose: nothing }, DiagLogLevel.WARN);
}
