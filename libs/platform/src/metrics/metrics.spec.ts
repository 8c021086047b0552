import { reasonOf } from './ingest.js';
import { Metrics } from './metrics.js';

const valueOf = async ({ registry }: Metrics, series: string) =>
  (await registry.metrics())
    .split('\n')
    .flatMap((line) => (line.startsWith(`${series} `) ? [line.split(' ')[1]] : []))[0];

describe('the metrics of a process', () => {
  it('are named by the conventions: a prefix, base units, and _total for what only grows', async () => {
    for (const { name, type, help } of await new Metrics().registry.getMetricsAsJSON()) {
      expect(name).toMatch(/^portolan_[a-z]+(_[a-z]+)*$/);
      expect(name.endsWith('_total')).toBe(String(type) === 'counter');
      expect(name).not.toMatch(/milli|_ms|minutes|hours|percent|kilo/);
      expect(help.length).toBeGreaterThan(10);
    }
  });

  it('tell the lag as it is when they are read, and none of partitions that others read now', async () => {
    const metrics = new Metrics();
    const lag = (records: number, partition: number) => ({ group: 'g', topic: 't', partition, records });
    let lags = [lag(7, 0), lag(0, 1)];
    metrics.consumption.watch(async () => lags);
    const series = (partition: number) => `portolan_consumer_lag_records{group="g",topic="t",partition="${partition}"}`;
    expect([await valueOf(metrics, series(0)), await valueOf(metrics, series(1))]).toEqual(['7', '0']);
    lags = [lag(9, 0)];
    expect([await valueOf(metrics, series(0)), await valueOf(metrics, series(1))]).toEqual(['9', undefined]);
    metrics.consumption.watch(() => Promise.reject(new Error('away')));
    expect(await valueOf(metrics, series(0))).toBeUndefined();
  });

  it('tell how old a plan is: since when the first event waits that it does not know', async () => {
    const metrics = new Metrics(() => now);
    let now = 1_000_000;
    const age = () => valueOf(metrics, 'portolan_plan_age_seconds{cell="c"}');
    expect(await age()).toBeUndefined();
    metrics.planning.behind('c');
    now += 3000;
    metrics.planning.behind('c');
    now += 2000;
    expect(await age()).toBe('5');
    metrics.planning.published('c', { version: 3, objective: 600, gap: 0, unserved: 0, unplanned: 0 });
    expect([await age(), await valueOf(metrics, 'portolan_plan_published_timestamp_seconds{cell="c"}')]).toEqual([
      '0',
      '1005',
    ]);
    metrics.planning.forget('c');
    expect([await age(), await valueOf(metrics, 'portolan_plan_objective{cell="c"}')]).toEqual([undefined, undefined]);
  });

  it('have a series for each of the first hundred cells, and one for all others', async () => {
    const metrics = new Metrics(() => now);
    let now = 0;
    for (let i = 0; i < 300; i++) {
      metrics.planning.behind(`c${i}`);
      metrics.planning.started(`c${i}`, 'warm');
      metrics.planning.optimized(`c${i}`, { pricing: 20, master: 30 });
      if (i < 250) metrics.planning.published(`c${i}`, { version: i, objective: 1, gap: 0, unserved: 0, unplanned: 0 });
      now += 1000;
    }
    const text = await metrics.registry.metrics();
    expect(new Set(text.match(/cell="[^"]*"/g)).size).toBe(101);
    expect(await valueOf(metrics, 'portolan_planning_starts_total{cell="other",start="warm"}')).toBe('200');
    expect(await valueOf(metrics, 'portolan_plan_age_seconds{cell="other"}')).toBe('50');
    expect(await valueOf(metrics, 'portolan_plan_version{cell="c99"}')).toBe('99');
    expect(text).not.toContain('portolan_plan_version{cell="other"}');
    const parts = ['pricing', 'master'].map(
      (part) => `portolan_planning_optimize_duration_seconds_sum{cell="c1",part="${part}"}`,
    );
    expect(await Promise.all(parts.map((series) => valueOf(metrics, series)))).toEqual(['0.02', '0.03']);
    metrics.planning.forget('c299');
    metrics.planning.forget('c298');
    expect(await valueOf(metrics, 'portolan_plan_age_seconds{cell="other"}')).toBe('50');
    for (let i = 100; i < 300; i++) metrics.planning.forget(`c${i}`);
    expect(await valueOf(metrics, 'portolan_plan_age_seconds{cell="other"}')).toBeUndefined();
  });

  it('have a bounded number of series, whatever senders send', async () => {
    const metrics = new Metrics();
    const words = (i: number) => String.fromCharCode(97 + (i % 26), 97 + Math.floor(i / 26));
    for (let i = 0; i < 300; i++)
      metrics.ingest.took(words(i), { accepted: 1, duplicates: 0, messages: [`is wrong ${words(i)}`], seconds: 0 });
    const text = await metrics.registry.metrics();
    expect(new Set(text.match(/format="[^"]*"/g)).size).toBeLessThan(60);
    expect(new Set(text.match(/reason="[^"]*"/g)).size).toBeLessThan(110);
    expect(text).toContain('reason="other"');
  });
});

describe('why something was rejected', () => {
  it.each([
    [
      'line 3, column quantity: must be a number with a point as decimal sign and nothing between thousands',
      'must be a number with a point as decimal sign and nothing be',
    ],
    ['is not a type this log knows; perhaps org.portolan.clock.ticked', 'is not a type this log knows'],
    ['must be a CloudEvent, is a number', 'must be a CloudEvent'],
    ['line 12: has 3 cells', 'has'],
    ['"x" is unknown', 'other'],
  ])('is told without place, value and advice: %s', (message, reason) => expect(reasonOf(message)).toBe(reason));
});
