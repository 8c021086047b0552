import type { PlanDocument, PlanPublication } from '@portolan/domain';
import { readPublication } from '@portolan/optimizer';
import { type EventLog, topics } from '@portolan/streams';
import { until } from '../patience.js';

const PAGE = 100;

export interface Published extends PlanPublication<PlanDocument> {
  /** When the log took it, milliseconds since 1970. */
  readonly at: number;
}

/** What the optimizers have published, cell by cell in the order of the log. */
export class Publications {
  readonly byCell = new Map<string, Published[]>();
  private readonly next: number[] = [];

  constructor(private readonly log: EventLog) {}

  /** Reads what came since the last time. */
  async readOn(): Promise<void> {
    for (const [partition, end] of (await this.log.ends(topics.plans)).entries())
      for (let from = this.next[partition] ?? 0; from < end; from = this.next[partition]) {
        const records = await this.log.read(topics.plans, partition, from, PAGE);
        for (const record of records) this.take({ ...(readPublication(record) as Published), at: record.timestamp });
        this.next[partition] = (records.at(-1)?.offset ?? end - 1) + 1;
      }
  }

  /** Resolves when `reached` holds of what was published; `meanwhile` may throw. */
  async until(
    reached: () => boolean | Promise<boolean>,
    seconds: number,
    what: string,
    meanwhile: () => void,
  ): Promise<void> {
    const isReached = async () => {
      await this.readOn();
      if (await reached()) return true;
      meanwhile();
      return false;
    };
    await until(isReached, { seconds, what });
  }

  private take(publication: Published): void {
    const known = this.byCell.get(publication.cell);
    if (known) known.push(publication);
    else this.byCell.set(publication.cell, [publication]);
  }
}
