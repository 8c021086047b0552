import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { SHORT } from './buckets.js';
import { ConsumptionMetrics } from './consumption.js';
import { IngestMetrics } from './ingest.js';
import { PlanningMetrics } from './planning.js';

/**
 * What a process tells of itself, in Prometheus' text format at `/metrics`. One per process; every instance has its own registry.
 * `docs/operations.md` lists all of them; a test keeps the list equal.
 */
export class Metrics {
  readonly registry = new Registry();
  readonly consumption = new ConsumptionMetrics(this.registry);
  readonly ingest = new IngestMetrics(this.registry);
  readonly planning;

  readonly httpSeconds = new Histogram({
    name: 'portolan_http_request_duration_seconds',
    help: 'Time from request to answer; those with status 304 are hits of caches of clients',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: SHORT,
    registers: [this.registry],
  });

  readonly storeFills = new Counter({
    name: 'portolan_store_fills_total',
    help: 'Times the store was filled anew from the log: at its first start, or since it had another shape or belonged to another log',
    registers: [this.registry],
  });

  /** @param now milliseconds since 1970; for tests */
  constructor(now: () => number = Date.now) {
    this.planning = new PlanningMetrics(this.registry, now);
  }

  /** Memory, CPU and event loop of the process. */
  watchProcess(): this {
    collectDefaultMetrics({ register: this.registry });
    return this;
  }
}
