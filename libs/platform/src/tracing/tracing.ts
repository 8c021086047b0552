import type { Logger } from 'pino';

/** Traces that are being taken and sent away, until they are closed. */
export interface Tracing {
  /** Sends what has not been sent yet, as far as that takes no more than 3 s. */
  close(): Promise<void>;
}

export interface TracingOptions {
  /** `service.name` of the spans; OTEL_SERVICE_NAME wins. */
  readonly service: string;
  /** Where a collector takes OTLP over HTTP, such as `http://127.0.0.1:4318`; its path for traces is added. Default: what the environment says. */
  readonly endpoint?: string | undefined;
  /** The environment: OpenTelemetry's own variables hold, such as OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_TRACES_SAMPLER. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Told when traces could not be sent, once a minute at most. */
  readonly logger: Logger;
}

const off: Tracing = { close: async () => {} };

/**
 * Turns traces on where somebody is named who takes them, and nothing otherwise: then OpenTelemetry is not even loaded, and its interface,
 * which the code calls, does nothing.
 */
export async function startTracing(options: TracingOptions): Promise<Tracing> {
  if (!isWanted(options)) return off;
  const { sendTraces } = await import('./open-telemetry.js');
  return sendTraces(options);
}

function isWanted({ endpoint, env }: TracingOptions): boolean {
  if (env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true' || env['OTEL_TRACES_EXPORTER'] === 'none') return false;
  return Boolean(endpoint ?? (env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] || env['OTEL_EXPORTER_OTLP_ENDPOINT']));
}
