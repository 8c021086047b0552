import { type AddressInfo, type Server } from 'node:net';
import { createServer } from 'node:http';
import { Controller, Get, Module, Post } from '@nestjs/common';
import { trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { startHttp } from '../http/start-http.js';
import { createLogger } from '../logging/logger.js';
import { takeTraces } from './open-telemetry.js';
import { startTracing } from './tracing.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const traceparent = `00-${TRACE}-b7ad6b7169203331-01`;
const logger = createLogger({ level: 'silent' });

@Controller()
class Spans {
  @Get('active/:id')
  active() {
    return { ...trace.getActiveSpan()?.spanContext() };
  }

  @Post('active')
  posted() {
    return { ...trace.getActiveSpan()?.spanContext() };
  }
}

@Module({ controllers: [Spans] })
class SpansModule {}

const serve = () => startHttp(SpansModule, { port: 0, host: '127.0.0.1', logger });

describe('traces', () => {
  it('are off unless somebody is named who takes them', async () => {
    for (const env of [
      {},
      { OTEL_EXPORTER_OTLP_ENDPOINT: '' },
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_SDK_DISABLED: 'true' },
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_TRACES_EXPORTER: 'none' },
    ])
      await (await startTracing({ service: 'test', env, logger })).close();
    const http = await serve();
    const answer = await fetch(`${http.url}/active/1`, { headers: { traceparent } });
    await http.close();
    expect(await answer.json()).toEqual({});
  });

  it('of a request continue the one that its traceparent names, and are told with their route and status', async () => {
    const exporter = new InMemorySpanExporter();
    const tracing = takeTraces('test', new SimpleSpanProcessor(exporter));
    const http = await serve();
    const init = { headers: { traceparent, tracestate: 'vendor=1' } };
    const got = (await (await fetch(`${http.url}/active/1?x=y`, init)).json()) as { traceId: string; spanId: string };
    const body = 'x'.repeat(200_000);
    const posted = await fetch(`${http.url}/active`, { ...init, method: 'POST', body });
    const of = (await posted.json()) as { traceId: string };
    await fetch(`${http.url}/health/ready`, init);
    await fetch(`${http.url}/metrics`, init);
    await http.close();
    const spans = exporter.getFinishedSpans();
    await tracing.close();
    expect([got.traceId, of.traceId]).toEqual([TRACE, TRACE]);
    expect(spans.map(({ name }) => name)).toEqual(['GET /active/:id', 'POST /active']);
    expect(spans[0]).toMatchObject({
      kind: 1,
      parentSpanContext: { traceId: TRACE, spanId: 'b7ad6b7169203331' },
      attributes: { 'http.route': '/active/:id', 'url.path': '/active/1', 'http.response.status_code': 200 },
    });
    expect(spans[0]!.spanContext()).toMatchObject({ spanId: got.spanId, traceId: TRACE });
    expect(spans[0]!.resource.attributes).toMatchObject({ 'service.name': 'test' });
  });

  it('are in the lines that the service logs meanwhile', async () => {
    const lines: string[] = [];
    const tracing = takeTraces('test', new SimpleSpanProcessor(new InMemorySpanExporter()));
    const told = createLogger({ pretty: false, to: { write: (line) => void lines.push(line) } });
    const id = trace.getTracer('test').startActiveSpan('work', (span) => {
      told.info('inside');
      span.end();
      return span.spanContext().traceId;
    });
    told.info('outside');
    await tracing.close();
    const [inside, outside] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect([inside!['trace_id'], outside!['trace_id']]).toEqual([id, undefined]);
  });

  it('go to a collector as OTLP over HTTP when the service ends, at the latest', async () => {
    const received: { url: string; body: string }[] = [];
    const collector = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        received.push({ url: request.url!, body: Buffer.concat(chunks).toString() });
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${((collector as Server).address() as AddressInfo).port}/`;
    const tracing = await startTracing({ service: 'portolan-test', endpoint, env: {}, logger });
    trace.getTracer('test').startSpan('some work').end();
    await tracing.close();
    collector.closeAllConnections();
    collector.close();
    expect(received.map(({ url }) => url)).toEqual(['/v1/traces']);
    expect(received[0]!.body).toMatch(/portolan-test.*some work/s);
  });

  it('that nobody takes keep no service from ending, and are told of once', async () => {
    const lines: string[] = [];
    const told = createLogger({ pretty: false, to: { write: (line) => void lines.push(line) } });
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_EXPORTER_OTLP_TIMEOUT: '500' };
    Object.assign(process.env, env);
    const tracing = await startTracing({ service: 'test', env, logger: told });
    for (const name of Object.keys(env)) delete process.env[name];
    trace.getTracer('test').startSpan('lost').end();
    const began = Date.now();
    await tracing.close();
    expect(Date.now() - began).toBeLessThan(6000);
    expect(lines.length).toBeLessThanOrEqual(1);
  }, 15_000);
});
