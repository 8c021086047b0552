import type { SpanContext } from '@opentelemetry/api';
import { type LogRecord, contextsOf } from '@portolan/streams';

const [MOST_CONTEXTS, MOST_IDS] = [256, 5];

/** The events that a cell's next plan will be the first to know: for its trace, and for the line that tells of it. */
export class Causes {
  count = 0;
  contexts: readonly SpanContext[] = [];
  /** Ids of the newest ones. */
  ids: readonly string[] = [];

  add(records: readonly LogRecord[]): void {
    this.count += records.length;
    this.contexts = [...this.contexts, ...records.flatMap(contextsOf)].slice(-MOST_CONTEXTS);
    const ids = records.slice(-MOST_IDS).map(({ headers }) => headers['ce_id'] ?? '');
    this.ids = [...this.ids, ...ids].slice(-MOST_IDS);
  }
}
