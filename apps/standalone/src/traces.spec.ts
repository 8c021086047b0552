import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { context, propagation, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import { planningHere } from '@portolan/cells';
import {
  HealthChecks,
  Metrics,
  type RunningHttp,
  createLogger,
  readerReports,
  startHttp,
  watchLog,
} from '@portolan/platform';
import { openEmbeddedReadModel } from '@portolan/store';
import {
  type EventLog,
  EventLogTransport,
  type LogRecord,
  connectLog,
  openEmbeddedLog,
  topics,
  withTraces,
} from '@portolan/streams';
import { servicesOf } from './services.js';
import { hinterland } from './testing/events.js';

const { network, order } = hinterland(Date.UTC(2026, 2, 2));
const CELL = 'antwerp';
const NOW = Date.UTC(2026, 2, 2, 1);
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const traceparent = `00-${TRACE}-b7ad6b7169203331-01`;

/** Ingest, optimizer and api in one process, on an embedded log and store in a folder of their own. */
class Tower {
  http!: RunningHttp;
  log!: EventLog;
  readonly lines: Record<string, unknown>[] = [];
  private readonly directory = mkdtempSync(join(tmpdir(), 'portolan-tower-'));
  private end!: () => Promise<void>;

  static async start(): Promise<Tower> {
    const tower = new Tower();
    await tower.start();
    return tower;
  }

  private async start(): Promise<void> {
    const log = withTraces(await openEmbeddedLog({ directory: join(this.directory, 'log') }), 'embedded');
    const store = await openEmbeddedReadModel({ directory: join(this.directory, 'store') });
    const clock = { now: () => NOW };
    const write = (line: string) => void this.lines.push(JSON.parse(line) as Record<string, unknown>);
    const logger = createLogger({ level: 'debug', pretty: false, to: { write } });
    const [health, metrics] = [new HealthChecks(), new Metrics()];
    const reports = readerReports({ logger, metrics });
    const reader = new EventLogTransport(log, { group: 'tower', from: 'committed', ...reports });
    watchLog({ health, metrics }, { reach: () => log.ends(topics.events), lags: () => reader.lags(), readyLag: 0 });
    const saving = { events: 10_000, minutes: 10 };
    const limits = { saving, historyDays: 90, bodyLimit: 1_000_000, mappings: [], aisSources: [], aisInterval: 60 };
    const module = servicesOf({ log, store, clock, cell: CELL, planner: planningHere(), ...limits });
    this.http = await startHttp(module, { port: 0, host: '127.0.0.1', logger, clock, health, metrics });
    await connectLog(this.http.app, reader);
    this.log = log;
    this.end = async () => {
      await this.http.close();
      await log.close();
      await store.close();
    };
  }

  async send(events: unknown, headers: Record<string, string> = {}): Promise<void> {
    const body = JSON.stringify(events);
    const type = Array.isArray(events) ? 'application/cloudevents-batch+json' : 'application/cloudevents+json';
    const init = { method: 'POST', body, headers: { 'content-type': type, ...headers } };
    const answer = await fetch(`${this.http.url}/v1/events`, init);
    expect([answer.status, await answer.json()]).toMatchObject([202, { rejected: [] }]);
  }

  /** The recommendation for a shipment, once there is one. */
  async recommendationFor(shipment: string): Promise<{ id: string; trace: string | null }> {
    for (;;) {
      const listed = await fetch(`${this.http.url}/v1/recommendations?shipment=${shipment}`);
      // Not ready in its first moments.
      const { data = [] } = (await listed.json()) as { data?: { id: string }[] };
      const [found] = data;
      if (!found) await pause(10);
      else return { id: found.id, trace: (await this.one(found.id)).headers.get('portolan-trace') };
    }
  }

  one(id: string): Promise<Response> {
    return fetch(`${this.http.url}/v1/recommendations/${id}`);
  }

  async records(topic: string): Promise<readonly LogRecord[]> {
    return this.log.read(topic, 0, 0, 1000);
  }

  async stop(): Promise<void> {
    await this.end();
    rmSync(this.directory, { recursive: true });
  }
}

describe('a trace', () => {
  const exporter = new InMemorySpanExporter();
  let tower: Tower;

  const take = () =>
    new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }).register({
      propagator: new W3CTraceContextPropagator(),
    });
  afterEach(async () => {
    await tower.stop();
    exporter.reset();
    for (const api of [trace, context, propagation]) api.disable();
  });
  const spansOf = (traceId: string) =>
    exporter.getFinishedSpans().filter((span) => span.spanContext().traceId === traceId);
  const named = (spans: readonly ReadableSpan[], name: string) => spans.find((span) => span.name === name)!;

  it('leads from a message over HTTP to its recommendation in the store, and is the sender’s where it has one', async () => {
    take();
    tower = await Tower.start();
    await tower.send([...network, order('ORDER')], { traceparent });
    const recommendation = await tower.recommendationFor('ORDER');
    const spans = spansOf(TRACE);
    const way = [
      'POST /v1/events',
      'take message',
      'send portolan.events',
      'planning step',
      'publish',
      'send portolan.plans',
    ];
    for (const [at, name] of [...way, 'project plans'].entries()) {
      const parent = at === 0 ? 'b7ad6b7169203331' : named(spans, way[at - 1]!).spanContext().spanId;
      expect([name, named(spans, name)?.parentSpanContext?.spanId]).toEqual([name, parent]);
    }
    const all = spans.map(({ name }) => name);
    expect(all).toEqual(expect.arrayContaining(['send portolan.inbox', 'optimize', 'explain']));
    expect(recommendation.trace).toBe(`00-${TRACE}-${named(spans, 'send portolan.plans').spanContext().spanId}-01`);
    const planned = tower.lines.find(({ msg }) => msg === 'plan 1');
    expect(planned).toMatchObject({ cell: CELL, events: 5, trace_id: TRACE, version: 1 });
    expect(planned!['newest']).toContain('ORDER');
    expect(tower.lines).toContainEqual(
      expect.objectContaining({ msg: 'message taken', message: '0/0', cell: CELL, accepted: 5, trace_id: TRACE }),
    );
  });

  it('of a planning step of several messages is the newest one’s, with links to the others; an answer links to what it answers', async () => {
    take();
    tower = await Tower.start();
    const other = `00-${'c'.repeat(32)}-${'d'.repeat(16)}-01`;
    await tower.log.append(topics.events, []);
    const born = { traceparent: `00-${'e'.repeat(32)}-${'f'.repeat(16)}-01` };
    await Promise.all([
      tower.send(network, { traceparent: other }),
      tower.send({ ...order('ORDER'), ...born }, { traceparent }),
    ]);
    const { id, trace: made } = await tower.recommendationFor('ORDER');
    const steps = exporter.getFinishedSpans().filter(({ name }) => name === 'planning step');
    const known = steps.flatMap(({ parentSpanContext, links }) => [
      parentSpanContext!.traceId,
      ...links.map((link) => link.context.traceId),
    ]);
    expect(new Set(known)).toEqual(new Set([TRACE, 'c'.repeat(32), 'e'.repeat(32)]));
    const init = {
      method: 'POST',
      body: '{"decision":"accept","by":"me"}',
      headers: { 'content-type': 'application/json' },
    };
    expect((await fetch(`${tower.http.url}/v1/recommendations/${id}/decision`, init)).status).toBe(202);
    const answer = named(exporter.getFinishedSpans(), 'POST /v1/recommendations/:id/decision');
    expect(answer.links.map((link) => link.context.spanId)).toEqual([made!.split('-')[2]]);
  });

  it('changes nothing of events, plans and recommendations but headers of their records', async () => {
    const run = async () => {
      await tower.send(network);
      await tower.send(order('ORDER'));
      await tower.recommendationFor('ORDER');
      const [events, plans] = [await tower.records(topics.events), await tower.records(topics.plans)];
      const last = plans.at(-1)!;
      return {
        events: events.map(({ value, dedupe }) => [Buffer.from(value).toString(), dedupe]),
        plan: [
          last.dedupe,
          Buffer.from(last.value)
            .toString()
            .replace(/"(milliseconds|rounds)":[\d.e-]+/g, '')
            .replace(/"version":\d+/, ''),
        ],
        traced: [...events, ...plans].filter(({ headers }) => 'traceparent' in headers).length,
      };
    };
    tower = await Tower.start();
    const without = await run();
    await tower.stop();
    take();
    tower = await Tower.start();
    const traced = await run();
    expect(without.traced).toBe(0);
    expect(traced.traced).toBeGreaterThanOrEqual(traced.events.length + 1);
    expect([traced.events, traced.plan[0]]).toEqual([without.events, without.plan[0]]);
    expect(JSON.parse(JSON.stringify(traced.plan[1]))).toBe(without.plan[1]);
  });
});

describe('a tower', () => {
  it('is ready once it has caught up, and tells how it plans', async () => {
    const tower = await Tower.start();
    await tower.send([...network, order('ORDER')]);
    await tower.recommendationFor('ORDER');
    let ready = await fetch(`${tower.http.url}/health/ready`);
    for (; ready.status !== 200; ready = await fetch(`${tower.http.url}/health/ready`)) await pause(10);
    expect(await ready.json()).toEqual({ status: 'ready', checks: ['log', 'caught-up', 'projection', 'store'] });
    const text = await (await fetch(`${tower.http.url}/metrics`)).text();
    await tower.stop();
    for (const series of [
      `portolan_plan_objective{cell="${CELL}"} 160`,
      `portolan_plan_gap_ratio{cell="${CELL}"} 0`,
      `portolan_plan_age_seconds{cell="${CELL}"} 0`,
      `portolan_recommendations_total{cell="${CELL}",kind="book",status="open"} 1`,
      `portolan_consumer_lag_records{group="optimizer",topic="portolan.events",partition="0"} 0`,
      `portolan_ingest_events_total{format="cloudevents",outcome="accepted"} 5`,
    ])
      expect(text).toContain(series);
    expect(text).toMatch(/portolan_planning_phase_duration_seconds_count\{cell="antwerp",phase="optimize"\} [1-9]/);
  });
});
