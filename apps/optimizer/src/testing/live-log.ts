import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { planningHere } from '@portolan/cells';
import type { PlanDocument, PlanPublication, PortolanEvent } from '@portolan/domain';
import { encodeEvent } from '@portolan/formats';
import { Metrics, createLogger } from '@portolan/platform';
import { type EventLog, openEmbeddedLog, topics } from '@portolan/streams';
import { OptimizerController } from '../optimizer.controller.js';
import { readPublication } from '../publications.js';

/** A log, and what is being appended to it. */
type Appending = EventLog & { readonly appends: ReadonlySet<Promise<unknown>> };

function appending(log: EventLog): Appending {
  const appends = new Set<Promise<unknown>>();
  const append: EventLog['append'] = (...of) => {
    const done = log.append(...of).finally(() => appends.delete(done));
    appends.add(done);
    return done;
  };
  return Object.assign(Object.create(log) as EventLog, { append, appends });
}

/** A log and the optimizer that has it now, driven by hand: the same events give the same steps. */
export class LiveLog {
  private optimizer: OptimizerController;
  private handled = 0;
  private fresh = true;

  private constructor(
    readonly log: Appending,
    private readonly directory: string,
    private readonly saving: number,
  ) {
    this.optimizer = this.started();
  }

  /** @param saving after so many events the cells are saved */
  static async open(saving: number): Promise<LiveLog> {
    const directory = mkdtempSync(join(tmpdir(), 'portolan-live-'));
    return new LiveLog(appending(await openEmbeddedLog({ directory })), directory, saving);
  }

  async dispose(): Promise<void> {
    await this.log.close();
    rmSync(this.directory, { recursive: true });
  }

  /** Appends events, and delivers what is in the log until the optimizer adds none of its own. */
  async tell(events: readonly PortolanEvent[]): Promise<void> {
    await this.log.append(topics.events, events.map(encodeEvent));
    await this.catchUp();
    await this.saved();
  }

  /** Another process has the log from now on, and reads it to its end. */
  async takeOver(): Promise<void> {
    this.optimizer = this.started();
    this.handled = 0;
    this.fresh = true;
    await this.catchUp();
    await this.saved();
  }

  /** What was published, as text, without the time that it took. */
  async published(): Promise<string[]> {
    const [end] = await this.log.ends(topics.plans);
    const records = await this.log.read(topics.plans, 0, 0, end!);
    return records.map((record) => untimed(readPublication(record) as PlanPublication<PlanDocument>));
  }

  private started(): OptimizerController {
    const options = { log: this.log, planner: planningHere(), saving: { events: this.saving, minutes: Infinity } };
    return new OptimizerController(options, createLogger({ level: 'silent' }), new Metrics());
  }

  /** Snapshots are saved beside planning, piece after piece. */
  private async saved(): Promise<void> {
    do {
      await Promise.allSettled(this.log.appends);
      await turn();
    } while (this.log.appends.size > 0);
  }

  private async catchUp(): Promise<void> {
    for (;;) {
      const [end] = (await this.log.ends(topics.events)) as [number];
      if (this.handled >= end) return;
      const batch = await this.log.read(topics.events, 0, this.handled, this.fresh ? 2 : end);
      const { signal } = new AbortController();
      this.handled = batch.at(-1)!.offset + 1;
      const goOnAt = (offset: number) => void (this.handled = offset);
      await this.optimizer.onEvents(batch, { fresh: this.fresh, attempt: 1, end, signal, goOnAt });
      this.fresh = false;
    }
  }
}

export const untimed = ({ plan, ...publication }: PlanPublication<PlanDocument>): string =>
  JSON.stringify({ ...publication, plan: { ...plan, statistics: { ...plan.statistics, milliseconds: 0 } } });
