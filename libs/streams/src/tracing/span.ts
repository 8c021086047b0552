import { type Context, type Span, type SpanOptions, SpanStatusCode, context, trace } from '@opentelemetry/api';

/**
 * Does work inside a span, which is the active one meanwhile; what the work throws is told in it and thrown on. Costs next to nothing while no
 * traces are taken. @param parent default: the active context
 */
export function inSpan<T>(
  name: string,
  options: SpanOptions,
  work: (span: Span) => Promise<T>,
  parent: Context = context.active(),
): Promise<T> {
  return trace.getTracer('portolan').startActiveSpan(name, options, parent, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.recordException(error as Error);
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : String(error) });
      throw error;
    } finally {
      span.end();
    }
  });
}
