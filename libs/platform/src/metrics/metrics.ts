import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What a process tells of itself, in Prometheus' text format at `/metrics`. One per process; every instance has its own registry. */
export class Metrics {
  readonly registry = new Registry();

  readonly httpSeconds = new Histogram({
    name: 'portolan_http_request_seconds',
    help: 'Time from request to answer',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: SECONDS,
    registers: [this.registry],
  });

  /** `outcome`: accepted, duplicate, rejected. */
  readonly events = new Counter({
    name: 'portolan_ingest_events_total',
    help: 'Events received, by format and what became of them',
    labelNames: ['format', 'outcome'] as const,
    registers: [this.registry],
  });

  /** `outcome`: taken, left out, incomplete, too long, rejected. */
  readonly aisSentences = new Counter({
    name: 'portolan_ais_sentences_total',
    help: 'Sentences read from AIS sources, by what became of them, and why where they were rejected',
    labelNames: ['source', 'outcome', 'reason'] as const,
    registers: [this.registry],
  });

  readonly aisConnected = new Gauge({
    name: 'portolan_ais_connected',
    help: 'Whether an AIS source is connected',
    labelNames: ['source'] as const,
    registers: [this.registry],
  });

  readonly planningSeconds = new Histogram({
    name: 'portolan_planning_seconds',
    help: 'Time to plan one batch of events, from the fold to the recommendations',
    labelNames: ['cell'] as const,
    buckets: SECONDS,
    registers: [this.registry],
  });

  readonly planRebuilds = new Counter({
    name: 'portolan_plan_rebuilds_total',
    help: 'Plans computed from scratch because the live one could not be changed',
    labelNames: ['cell'] as const,
    registers: [this.registry],
  });

  readonly lag = new Gauge({
    name: 'portolan_lag_records',
    help: 'Records of a partition that a group had not yet handled after its last batch',
    labelNames: ['group', 'topic', 'partition'] as const,
    registers: [this.registry],
  });

  /** Memory, CPU and event loop of the process. */
  watchProcess(): this {
    collectDefaultMetrics({ register: this.registry });
    return this;
  }
}
