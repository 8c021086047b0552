import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { LONG } from './buckets.js';

/** How many records of a partition a group's reader has not handled yet. */
export interface Lag {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly records: number;
}

/** What became of one batch of records. */
export interface BatchReport {
  readonly group: string;
  readonly topic: string;
  readonly records: number;
  readonly seconds: number;
  /** The first one since the reader has the partition: it was started, or another reader lost it. */
  readonly first: boolean;
  /** It will come again. */
  readonly failed: boolean;
}

/** A record that a reader went on without. */
export interface PassedOver {
  readonly reader: string;
  readonly record: { readonly topic: string; readonly partition: number; readonly offset: number };
  readonly reason: string;
  readonly tries: number;
}

/** Asked whenever metrics are read: only then is it known what the log has got meanwhile. */
export type Lags = () => Promise<readonly Lag[] | undefined>;

/** Reading the log: how far behind, in which batches, how often again. */
export class ConsumptionMetrics {
  private lags: Lags = async () => [];
  private readonly batchRecords;
  private readonly batchSeconds;
  private readonly failures;
  private readonly passed;
  private readonly assignments;

  constructor(registry: Registry) {
    const registers = [registry];
    const labelNames = ['group', 'topic'] as const;
    const gauge: Gauge<'group' | 'topic' | 'partition'> = new Gauge({
      name: 'portolan_consumer_lag_records',
      help: 'Records of a partition that this process has and has not handled yet, at the moment it is asked',
      labelNames: [...labelNames, 'partition'] as const,
      registers,
      collect: () => this.show(gauge),
    });
    this.batchRecords = new Histogram({
      name: 'portolan_consumer_batch_records',
      help: 'Records in a batch',
      labelNames,
      buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000],
      registers,
    });
    this.batchSeconds = new Histogram({
      name: 'portolan_consumer_batch_duration_seconds',
      help: 'Time to handle a batch, with the planning or the writing that it causes',
      labelNames,
      buckets: LONG,
      registers,
    });
    this.failures = new Counter({
      name: 'portolan_consumer_failures_total',
      help: 'Batches whose handler failed, so that they come again',
      labelNames,
      registers,
    });
    this.passed = new Counter({
      name: 'portolan_consumer_rejected_total',
      help: 'Records that a reader could not take, and went on without; they are in portolan.rejected',
      labelNames,
      registers,
    });
    this.assignments = new Counter({
      name: 'portolan_consumer_assignments_total',
      help: 'Partitions that this process began to read: at its start, and when other readers came or went',
      labelNames,
      registers,
    });
  }

  watch(lags: Lags): void {
    this.lags = lags;
  }

  passedOver({ reader, record }: PassedOver): void {
    this.passed.inc({ group: reader, topic: record.topic });
  }

  note({ group, topic, records, seconds, first, failed }: BatchReport): void {
    const labels = { group, topic };
    this.batchRecords.observe(labels, records);
    this.batchSeconds.observe(labels, seconds);
    if (failed) this.failures.inc(labels);
    else if (first) this.assignments.inc(labels);
  }

  /** A log that cannot be asked has no lag to show, and partitions that others read now have none here. */
  private async show(gauge: Gauge<'group' | 'topic' | 'partition'>): Promise<void> {
    const lags = await this.lags().catch(() => undefined);
    gauge.reset();
    for (const { records, ...labels } of lags ?? []) gauge.set(labels, records);
  }
}
