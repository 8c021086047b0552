import {
  type Context,
  type Link,
  ROOT_CONTEXT,
  type SpanContext,
  context,
  propagation,
  trace,
} from '@opentelemetry/api';
import type { LogRecord, NewRecord } from '../log.js';

type Headers = Readonly<Record<string, string>>;

/** Are traces taken in this process? Without, there is no propagator, and it has no fields. */
export const isTracing = (): boolean => propagation.fields().length > 0;

/**
 * The record with the active trace in its headers: `traceparent` and `tracestate` (W3C Trace Context), which tell what wrote it; and in a
 * CloudEvent also as `ce_traceparent` and `ce_tracestate` (distributed tracing extension), which tell where the event came into being and
 * are left as they are when the event brings them. Neither is part of the value, nor of the id.
 */
export function carrying(record: NewRecord): NewRecord {
  const trace: Record<string, string> = {};
  propagation.inject(context.active(), trace);
  const { headers = {} } = record;
  const isEvent = headers['ce_id'] !== undefined;
  const extension = isEvent && headers['ce_traceparent'] === undefined ? prefixed(trace) : {};
  return { ...record, headers: { ...headers, ...extension, ...trace } };
}

const prefixed = (headers: Headers): Headers =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [`ce_${name}`, value]));

/** The contexts in a record: of what wrote it, and of where its event came into being when that is another trace. */
export function contextsOf({ headers }: Pick<LogRecord, 'headers'>): readonly SpanContext[] {
  if (headers['traceparent'] === undefined && headers['ce_traceparent'] === undefined) return [];
  const written = contextIn(headers);
  const { ce_traceparent: traceparent = '', ce_tracestate: tracestate = '' } = headers;
  const born = contextIn({ traceparent, tracestate });
  return [written, born].flatMap((each, at) =>
    !each || (at === 1 && each.traceId === written?.traceId) ? [] : [each],
  );
}

export const contextIn = (headers: Headers): SpanContext | undefined =>
  trace.getSpanContext(propagation.extract(ROOT_CONTEXT, headers));

/** What a span of several records belongs to: the trace of the newest one, with links to all others (at most 128, the newest). */
export function belongingTo(contexts: readonly SpanContext[]): { readonly parent: Context; readonly links: Link[] } {
  const distinct = new Map(contexts.map((each) => [`${each.traceId}/${each.spanId}`, each]));
  const [newest] = contexts.slice(-1);
  const links = [...distinct.values()].filter((each) => each.spanId !== newest?.spanId).slice(-MOST_LINKS);
  return {
    parent: newest ? trace.setSpanContext(ROOT_CONTEXT, newest) : context.active(),
    links: links.map((each) => ({ context: each })),
  };
}

/** The default limit of OpenTelemetry's SDKs. */
const MOST_LINKS = 128;
