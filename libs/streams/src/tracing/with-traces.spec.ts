import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SpanContext, context, propagation, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { openEmbeddedLog } from '../embedded/embedded-log.js';
import type { EventLog } from '../log.js';
import { belongingTo, contextsOf } from './carrier.js';
import { inSpan } from './span.js';
import { withTraces } from './with-traces.js';

describe('the log with traces', () => {
  const exporter = new InMemorySpanExporter();
  let directory: string;
  let log: EventLog;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'portolan-traces-'));
    log = await openEmbeddedLog({ directory });
  });
  afterEach(async () => {
    await log.close();
    rmSync(directory, { recursive: true });
    exporter.reset();
    for (const api of [trace, context, propagation]) api.disable();
  });

  const take = () => {
    const spanProcessors = [new SimpleSpanProcessor(exporter)];
    new NodeTracerProvider({ spanProcessors }).register({ propagator: new W3CTraceContextPropagator() });
    return withTraces(log, 'embedded');
  };
  const headersOf = async (topic: string) => (await log.read(topic, 0, 0, 10)).map(({ headers }) => headers);

  it('is the log itself while no traces are taken', () => expect(withTraces(log, 'embedded')).toBe(log));

  it('has the trace of what was written in the headers of records, and in events as their extension, too', async () => {
    const traced = take();
    await inSpan('work', {}, () =>
      traced.append('events', [
        { key: 'c', value: 'bytes' },
        { key: 'c', value: '{}', headers: { ce_id: '1' }, dedupe: '1' },
      ]),
    );
    const [sent, work] = exporter.getFinishedSpans();
    const { traceId, spanId } = sent!.spanContext();
    const traceparent = `00-${traceId}-${spanId}-01`;
    expect(await headersOf('events')).toEqual([
      { traceparent },
      { ce_id: '1', traceparent, ce_traceparent: traceparent },
    ]);
    expect(sent).toMatchObject({
      name: 'send events',
      kind: 3,
      parentSpanContext: { spanId: work!.spanContext().spanId },
    });
    expect(sent!.attributes).toMatchObject({
      'messaging.destination.name': 'events',
      'messaging.batch.message_count': 2,
    });
  });

  it('leaves the extension of an event that comes with one, and knows both contexts', async () => {
    const traced = take();
    const born = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    await traced.append('events', [{ key: 'c', value: '{}', headers: { ce_id: '1', ce_traceparent: born } }]);
    const [headers] = await headersOf('events');
    expect(headers).toMatchObject({ ce_traceparent: born, traceparent: expect.not.stringContaining('aaaa') as string });
    expect(contextsOf({ headers: headers! }).map(({ traceId }) => traceId)).toEqual([
      exporter.getFinishedSpans()[0]!.spanContext().traceId,
      'a'.repeat(32),
    ]);
  });

  it('tells in a span what the log refuses, and throws it on', async () => {
    const traced = take();
    await log.close();
    await expect(traced.append('events', [{ key: 'c', value: '' }])).rejects.toThrow('closed');
    expect(exporter.getFinishedSpans()[0]).toMatchObject({ status: { code: 2 }, events: [{ name: 'exception' }] });
  });
});

describe('a span of several records', () => {
  const of = (trace: number, span: number): SpanContext => ({
    traceId: String(trace).repeat(32),
    spanId: String(span).repeat(16),
    traceFlags: 1,
  });

  it('belongs to the trace of the newest, with links to the others, each once', () => {
    const { parent, links } = belongingTo([of(1, 1), of(2, 2), of(1, 1), of(3, 3)]);
    expect(trace.getSpanContext(parent)).toEqual(of(3, 3));
    expect(links.map((link) => link.context)).toEqual([of(1, 1), of(2, 2)]);
  });

  it('begins a trace of its own when they have none', () =>
    expect(belongingTo([])).toEqual({ parent: context.active(), links: [] }));
});
