import { indexed } from './dedupe.js';
import type { LogRecord } from './log.js';

const DEFAULT_WINDOW = 100_000;

/**
 * Recognises records that a log holds twice, which Kafka cannot rule out when two processes append the same message at the same
 * moment (docs/adr/0004-duplicates.md). For readers; one instance per subscription. Remembers the place of the newest `window` ids.
 */
export class Repetitions {
  private readonly places = new Map<string, string>();

  constructor(private readonly window = DEFAULT_WINDOW) {}

  /**
   * The batch without records whose id was seen at another place. A batch that is delivered again keeps its records,
   * since they are at the place where they were.
   */
  strip(batch: readonly LogRecord[]): readonly LogRecord[] {
    return batch.filter((record) => this.isFirst(record));
  }

  private isFirst({ topic, partition, offset, dedupe }: LogRecord): boolean {
    if (dedupe === undefined) return true;
    const id = `${topic} ${indexed(dedupe)}`;
    const place = `${partition}/${offset}`;
    const first = this.places.get(id);
    if (first !== undefined) return first === place;
    this.places.set(id, place);
    this.forgetOldest();
    return true;
  }

  private forgetOldest(): void {
    if (this.places.size <= this.window) return;
    const [oldest] = this.places.keys();
    this.places.delete(oldest as string);
  }
}
