import { randomUUID } from 'node:crypto';
import { hinterland } from './testing/events.js';
import { ServiceProcess, collector, eventually } from './testing/process.js';

const kafka = process.env['PORTOLAN_TEST_KAFKA'];
const redis = process.env['PORTOLAN_TEST_REDIS'];
const present = kafka !== undefined && redis !== undefined;
const withServers = present || process.env['CI'] === 'true' ? describe : describe.skip;

/** Their clock is the machine's. */
const { network, order } = hinterland(Date.now());
/** Cells have a partition each by their names, and events are folded by cell: others in the log disturb nobody. */
const cell = `three-${randomUUID()}`;
const traceId = randomUUID().replaceAll('-', '');

withServers(
  `three services on Kafka and Redis${present ? '' : ' (needs PORTOLAN_TEST_KAFKA and PORTOLAN_TEST_REDIS: node tools/servers/run.mjs npm run test:int)'}`,
  () => {
    let env: Record<string, string>;
    let traces: Awaited<ReturnType<typeof collector>>;
    let [ingest, optimizer, api]: ServiceProcess[] = [];

    beforeAll(async () => {
      traces = await collector();
      env = {
        PORTOLAN_LOG: 'kafka',
        PORTOLAN_KAFKA_BROKERS: kafka!,
        PORTOLAN_STORE: 'redis',
        PORTOLAN_REDIS_URL: `redis://${redis}`,
        PORTOLAN_CELL: cell,
        PORTOLAN_OTLP_ENDPOINT: traces.url,
        OTEL_BSP_SCHEDULE_DELAY: '200',
      };
      const start = (name: string) => ServiceProcess.start(name, env);
      [ingest, optimizer, api] = await Promise.all(['ingest', 'optimizer', 'api'].map(start));
    });
    afterAll(async () => {
      const codes = await Promise.all([ingest, optimizer, api].map((each) => each?.end()));
      traces.close();
      expect(codes).toEqual([0, 0, 0]);
    });

    const send = async (events: readonly object[], headers: Record<string, string> = {}) => {
      const type = { 'content-type': 'application/cloudevents-batch+json' };
      const answer = await ingest!.post('/v1/events', JSON.stringify(events), { ...type, ...headers });
      expect(answer.status).toBe(202);
    };
    const recommendationFor = (shipment: string) =>
      eventually(async () => {
        const answer = await api!.get(`/v1/recommendations?shipment=${shipment}`);
        return ((await answer.json()) as { data: { id: string }[] }).data[0];
      });

    it('make a recommendation of a message, in one trace through all three', async () => {
      await send([...network, order('ORDER')], { traceparent: `00-${traceId}-b7ad6b7169203331-01` });
      const { id } = await recommendationFor('ORDER');
      const kept = (await api!.get(`/v1/recommendations/${id}`)).headers.get('portolan-trace');
      const spans = () => traces.spans.filter((span) => span.traceId === traceId);
      await eventually(async () => (spans().some(({ name }) => name === 'project plans') ? true : undefined));
      await eventually(async () => (spans().some(({ name }) => name === 'planning step') ? true : undefined));
      const found = new Map(spans().map((span) => [`${span.service} ${span.name}`, span]));
      const sent = found.get('portolan-ingest send portolan.events')!;
      const planned = found.get('portolan-optimizer planning step')!;
      const published = found.get('portolan-optimizer send portolan.plans')!;
      const projected = found.get('portolan-api project plans')!;
      expect([planned.parentSpanId, projected.parentSpanId]).toEqual([sent.spanId, published.spanId]);
      expect(kept).toBe(`00-${traceId}-${published.spanId}-01`);
      expect(optimizer!.lines).toContainEqual(expect.objectContaining({ msg: 'plan 1', cell, trace_id: traceId }));
    });

    it('go on after the optimizer was killed, with another one that is ready once it has caught up', async () => {
      await optimizer!.end('SIGKILL');
      await send([order('NEXT')]);
      optimizer = await ServiceProcess.start('optimizer', env);
      await recommendationFor('NEXT');
      const metrics = await (await optimizer.get('/metrics')).text();
      expect(metrics).toContain(`portolan_plan_objective{cell="${cell}"} 320`);
      expect(metrics).toMatch(
        /portolan_consumer_lag_records\{group="optimizer",topic="portolan.events",partition="\d"\} 0/,
      );
    });
  },
);
