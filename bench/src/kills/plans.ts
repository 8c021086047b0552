import { type EventLog, type LogRecord, topics } from '@portolan/streams';
import { until } from '../patience.js';
import type { CellStory } from './scenario.js';

interface Step {
  readonly position: number;
  readonly ledger: { readonly open?: readonly { readonly kind: string }[] };
}

const PATIENCE_S = 300;

/** Kinds that the stories' own policy accepts (`autoAccept`): such a proposal is answered by an event, and that by a plan. */
const ACCEPTED_BY_POLICY = ['book'];

/** Watches `portolan.plans` for what the optimizer has come to. */
export class PlanWatch {
  private readonly newest = new Map<number, { readonly end: number; readonly step: Step }>();

  constructor(private readonly log: EventLog) {}

  /** Resolves when a plan knows the cell's newest event, and nothing follows from it any more. */
  settled({ cell, partition }: Pick<CellStory, 'cell' | 'partition'>): Promise<void> {
    const isSettled = () => this.isSettled(partition).catch(() => false);
    return until(isSettled, {
      seconds: PATIENCE_S,
      what: `a plan of ${cell} that knows its newest event`,
      everyMs: 50,
    });
  }

  private async isSettled(partition: number): Promise<boolean> {
    const end = (await this.log.ends(topics.events))[partition]!;
    const step = await this.newestIn(partition);
    const open = step?.ledger.open ?? [];
    return step?.position === end - 1 && !open.some(({ kind }) => ACCEPTED_BY_POLICY.includes(kind));
  }

  private async newestIn(partition: number): Promise<Step | undefined> {
    const end = (await this.log.ends(topics.plans))[partition]!;
    const known = this.newest.get(partition);
    if (end === 0 || known?.end === end) return known?.step;
    const [record] = await this.log.read(topics.plans, partition, end - 1, 1);
    if (!record) return undefined;
    const step = stepIn(record);
    this.newest.set(partition, { end, step });
    return step;
  }
}

const stepIn = ({ value }: LogRecord): Step => JSON.parse(Buffer.from(value).toString('utf8')) as Step;
