import type { Logger } from 'pino';
import type { BatchReport, Lags, PassedOver } from '../metrics/consumption.js';
import type { Metrics } from '../metrics/metrics.js';
import type { HealthCheck, HealthChecks } from './health.js';

export interface WatchedLog {
  /** Asks the log for anything; rejects when it cannot be reached. */
  readonly reach: () => Promise<unknown>;
  /** How far this process is behind; `undefined` before it reads. Absent when it reads nothing. */
  readonly lags?: Lags;
  /** Records of a partition that it may be behind and still count as caught up. */
  readonly readyLag: number;
}

/**
 * Makes a service ready only while the log answers, and once it has caught up with it since its start. Falling behind later is a matter for
 * alerts: a service that is taken out of use for it would leave the others with more.
 */
export function watchLog(
  { health, metrics }: { readonly health: HealthChecks; readonly metrics: Metrics },
  { reach, lags, readyLag }: WatchedLog,
): void {
  health.register('log', async () => void (await reach()));
  if (!lags) return;
  metrics.consumption.watch(lags);
  health.register('caught-up', caughtUp(lags, readyLag));
}

function caughtUp(lags: Lags, readyLag: number): HealthCheck {
  let once = false;
  return async () => {
    if (once) return undefined;
    const found = await lags();
    if (!found) return 'has not begun to read the log';
    const worst = found.reduce(
      (most, lag) => (lag.records > (most?.records ?? readyLag) ? lag : most),
      undefined as (typeof found)[number] | undefined,
    );
    if (worst) return `${worst.topic}/${worst.partition} is ${worst.records} records behind, ready at ${readyLag}`;
    once = true;
    return undefined;
  };
}

/** Why a batch comes again, as the log tells it. */
interface Failure {
  readonly error: unknown;
  readonly at: { readonly topic: string; readonly partition: number; readonly offset: number };
  readonly attempt: number;
}

/** What a reader of the log reports: failures and what it passes over to the service's log, batches to its metrics. */
export const readerReports = ({ logger, metrics }: { readonly logger: Logger; readonly metrics: Metrics }) => ({
  onFailure: ({ error, at, attempt }: Failure) =>
    logger.warn({ err: error, ...at, attempt }, 'a batch failed and comes again'),
  onBatch: (report: BatchReport) => metrics.consumption.note(report),
  onPassedOver: (passed: PassedOver) => notePassedOver(passed, { logger, metrics }),
});

/** Tells the service's log and its metrics of a record that a reader went on without. */
export function notePassedOver(
  passed: PassedOver,
  { logger, metrics }: { readonly logger: Logger; readonly metrics: Metrics },
): void {
  const { reader, record, reason, tries } = passed;
  const { topic, partition, offset } = record;
  metrics.consumption.passedOver(passed);
  logger.error({ group: reader, topic, partition, offset, reason, tries }, 'a record was passed over');
}
