import { SpanKind } from '@opentelemetry/api';
import type { EventLog, NewRecord } from '../log.js';
import { withAppend } from '../with-append.js';
import { carrying, isTracing } from './carrier.js';
import { inSpan } from './span.js';

/**
 * The log with a span for each append, whose context its records carry. While no traces are taken it is the log itself. Attributes are
 * OpenTelemetry's for messaging.
 */
export function withTraces(log: EventLog, system: 'kafka' | 'embedded'): EventLog {
  if (!isTracing()) return log;
  const append = (topic: string, records: readonly NewRecord[]) =>
    inSpan(`send ${topic}`, { kind: SpanKind.PRODUCER, attributes: about(topic, records, system) }, async (span) => {
      const appended = await log.append(topic, records.map(carrying));
      const [first] = appended;
      if (first) span.setAttributes(placeOf(first));
      return appended;
    });
  return withAppend(log, append);
}

const about = (topic: string, records: readonly NewRecord[], system: string) => ({
  'messaging.system': system,
  'messaging.operation.name': 'send',
  'messaging.operation.type': 'send',
  'messaging.destination.name': topic,
  'messaging.batch.message_count': records.length,
});

const placeOf = ({ partition, offset }: { readonly partition: number; readonly offset: number }) => ({
  'messaging.destination.partition.id': String(partition),
  'messaging.kafka.offset': offset,
});
