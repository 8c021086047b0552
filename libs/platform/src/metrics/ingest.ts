import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { SHORT } from './buckets.js';

/** Values of a label that are told apart, since every one is a time series of its own; what comes after them is `other`. */
const [MOST_FORMATS, MOST_REASONS] = [50, 100];

/** What became of one message. */
export interface TakenMessage {
  readonly accepted: number;
  readonly duplicates: number;
  /** Why items were rejected. */
  readonly messages: readonly string[];
  readonly seconds: number;
}

/** What came in, and what became of it. */
export class IngestMetrics {
  private readonly formats = bounded(MOST_FORMATS);
  private readonly reasons = bounded(MOST_REASONS);
  private readonly events;
  private readonly messageSeconds;
  /** `outcome`: taken, left out, incomplete, too long, rejected. */
  readonly aisSentences;
  readonly aisConnected;
  private readonly rejected;

  constructor(registry: Registry) {
    const registers = [registry];
    this.messageSeconds = new Histogram({
      name: 'portolan_ingest_message_duration_seconds',
      help: 'Time from a message to the moment the log has it and its events',
      labelNames: ['format'] as const,
      buckets: SHORT,
      registers,
    });
    this.events = new Counter({
      name: 'portolan_ingest_events_total',
      help: 'Events of messages, by format and what became of them (accepted, duplicate)',
      labelNames: ['format', 'outcome'] as const,
      registers,
    });
    this.rejected = new Counter({
      name: 'portolan_ingest_rejected_total',
      help: 'Items of messages that were rejected, by format and reason; reasons beyond the first 100 are called other',
      labelNames: ['format', 'reason'] as const,
      registers,
    });
    this.aisSentences = new Counter({
      name: 'portolan_ais_sentences_total',
      help: 'Sentences read from AIS sources, by what became of them, and why where they were rejected',
      labelNames: ['source', 'outcome', 'reason'] as const,
      registers,
    });
    this.aisConnected = new Gauge({
      name: 'portolan_ais_connected',
      help: 'Whether an AIS source is connected',
      labelNames: ['source'] as const,
      registers,
    });
  }

  took(named: string, { accepted, duplicates, messages, seconds }: TakenMessage): void {
    const format = this.formats(named);
    this.messageSeconds.observe({ format }, seconds);
    this.events.inc({ format, outcome: 'accepted' }, accepted);
    this.events.inc({ format, outcome: 'duplicate' }, duplicates);
    for (const message of messages) this.rejected.inc({ format, reason: this.reasons(reasonOf(message)) });
  }
}

/** The value, as long as there are not too many others. */
function bounded(most: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.size < most) known.add(value);
    return known.has(value) ? value : 'other';
  };
}

/** What a fault's message says of all faults of its kind: without its place, values, names and advice. At most 60 characters. */
export function reasonOf(message: string): string {
  const said = message.replace(/^line \d+(?:, column [^:]*)?: /, '');
  const kind = (/^[^(:;,"'`\d]*/.exec(said)?.[0] ?? '').trim();
  return kind === '' ? 'other' : kind.slice(0, 60).trim();
}
