import type { Logger, Metrics } from '@portolan/platform';
import type { Incoming } from './message.js';
import type { Receipt } from './receipt.js';

/** What became of a message. */
export interface IntakeReport {
  /** Its place in the inbox, partition and offset: `0/4711`. */
  readonly message: string;
  readonly incoming: Incoming;
  readonly source: string | undefined;
  readonly format: string;
  readonly receipt: Receipt;
  readonly seconds: number;
}

export type OnTaken = (report: IntakeReport) => void;

const MOST_IDS = 5;

/** Tells the service's log and its metrics, as far as there are any. */
export const intakeReports =
  (logger: Logger | undefined, metrics: Metrics | undefined): OnTaken =>
  (report) => {
    if (metrics) count(report, metrics);
    if (logger) tell(report, logger);
  };

function count({ format, receipt, seconds }: IntakeReport, { ingest }: Metrics): void {
  const { accepted, duplicates, rejected } = receipt;
  const messages = rejected.map(({ reason }) => reason);
  ingest.took(format, { accepted: accepted.length, duplicates: duplicates.length, messages, seconds });
}

/** Messages come by the hundred: only those of which something was rejected are told without being asked for. */
function tell({ message, incoming, source, format, receipt, seconds }: IntakeReport, logger: Logger): void {
  const { accepted, duplicates, rejected } = receipt;
  const [first] = rejected;
  const line = {
    message,
    request: incoming.request,
    cell: incoming.cell,
    source,
    format,
    accepted: accepted.length,
    duplicates: duplicates.length,
    rejected: rejected.length,
    events: [...accepted, ...duplicates].slice(0, MOST_IDS).map(({ id }) => id),
    ...(first && { because: `${first.pointer} ${first.reason}`.slice(0, 200) }),
    ms: Math.round(seconds * 1000),
  };
  logger[first ? 'info' : 'debug'](line, 'message taken');
}
