import type { PlanPublication } from '@portolan/domain';
import type { LogRecord } from '@portolan/streams';
import type { StoredTrace } from './documents.js';

/** A planning step, and the trace it was made in where one was taken. */
export interface TracedStep extends PlanPublication {
  readonly trace?: StoredTrace;
}

/** The planning step in a record; `undefined` when something else is in it. */
export function stepIn({ value, headers }: LogRecord): TracedStep | undefined {
  try {
    const step = JSON.parse(Buffer.from(value).toString('utf8')) as PlanPublication;
    if (!Array.isArray(step.recommendations) || !Array.isArray(step.shipments)) return undefined;
    return { ...step, ...traceIn(headers) };
  } catch {
    return undefined;
  }
}

const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** From the headers alone, so that the same log makes the same store whether this process takes traces or not. */
function traceIn({ traceparent, tracestate }: LogRecord['headers']): { readonly trace?: StoredTrace } {
  if (traceparent === undefined || !TRACEPARENT.test(traceparent)) return {};
  return { trace: { traceparent, ...(tracestate !== undefined && { tracestate }) } };
}
