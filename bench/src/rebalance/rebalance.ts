import { setTimeout as pause } from 'node:timers/promises';
import { type EventLog, type KafkaClientName, openKafkaLog, topics } from '@portolan/streams';
import { startKafka, stopProcess } from '../../../tools/servers/servers.mjs';
import { type CellStory, storiesOf } from './cells.js';
import { Flow } from './flow.js';
import { OptimizerProcess } from './optimizer-process.js';
import { Publications } from './published.js';
import { type Change, type Takeover, ownersOf, takeoversIn } from './takeovers.js';
import { type Verdict, verdictOn } from './verdict.js';

export interface RebalanceOptions {
  /** Cells, each in a partition of its own. */
  readonly cells: number;
  readonly optimizers: number;
  readonly shipments: number;
  /** Milliseconds between two events of a cell. */
  readonly intervalMs: number;
  readonly client: KafkaClientName;
  /** Events of a partition until its cells are saved. */
  readonly snapshotEvents: number;
}

export interface Outcome {
  readonly changes: readonly Change[];
  readonly takeovers: readonly Takeover[];
  readonly verdicts: readonly Verdict[];
  /** How partitions began with those who gained them: from a snapshot, or from the first event. */
  readonly fromSnapshots: number;
  readonly gained: number;
  readonly events: number;
}

const PATIENCE_S = 60;
/** Between two changes, so that the one before is over. */
const CALM_MS = 3000;

/** Events flow over cells while optimizers come, one after the other, and go again, killed and told to end in turn. */
export async function rebalance(options: RebalanceOptions, tell: (line: string) => void): Promise<Outcome> {
  const broker = await startKafka();
  const run = new Run(broker.address, options, tell);
  try {
    return await run.toEnd();
  } finally {
    await run.endAll();
    await stopProcess(broker);
  }
}

class Run {
  private readonly running: OptimizerProcess[] = [];
  private readonly all: OptimizerProcess[] = [];
  private readonly changes: Change[] = [];

  constructor(
    private readonly address: string,
    private readonly options: RebalanceOptions,
    private readonly tell: (line: string) => void,
  ) {}

  async toEnd(): Promise<Outcome> {
    const { cells, optimizers, shipments, intervalMs, client } = this.options;
    const log = await openKafkaLog({ brokers: [this.address], partitions: cells, client });
    const stories = storiesOf(cells, shipments);
    const published = new Publications(log);
    const flow = new Flow(log, stories, intervalMs);
    await Promise.all(Object.values(topics).map((topic) => log.ends(topic)));
    await flow.open();
    flow.start();
    while (this.running.length < optimizers) await this.change(published, stories, 'start', () => this.start());
    for (let kill = true; this.running.length > 1; kill = !kill) {
      const signal = kill ? 'SIGKILL' : 'SIGTERM';
      await this.change(published, stories, signal, () => this.end(signal));
    }
    await flow.stop();
    const ends = await this.settled(log, published, stories);
    await this.endAll();
    const verdicts: Verdict[] = [];
    for (const { cell, partition } of stories)
      verdicts.push(await verdictOn(log, partition, ends[partition]!, published.byCell.get(cell)!));
    await log.close();
    const gained = this.all.flatMap((optimizer) => optimizer.said('partition gained'));
    const fromSnapshots = gained.filter(({ from }) => (from as number) > 0).length;
    const events = ends.reduce((sum, end) => sum + end, 0);
    const takeovers = takeoversIn(published.byCell, this.all, this.changes);
    return { changes: this.changes, takeovers, verdicts, fromSnapshots, gained: gained.length, events };
  }

  /** Waits until a plan knows the last event of each cell, also those that optimizers themselves append. Gives the ends of the partitions. */
  private async settled(
    log: EventLog,
    published: Publications,
    stories: readonly CellStory[],
  ): Promise<readonly number[]> {
    let ends: readonly number[] = [];
    const isPlanned = async () => {
      ends = await log.ends(topics.events);
      return stories.every(
        ({ cell, partition }) => published.byCell.get(cell)?.at(-1)?.position === ends[partition]! - 1,
      );
    };
    await published.until(isPlanned, PATIENCE_S, 'the last events planned', () => this.mustRun());
    return ends;
  }

  async endAll(): Promise<void> {
    await Promise.all(this.running.splice(0).map((optimizer) => optimizer.end('SIGTERM')));
  }

  /** Makes a change, and waits until all that run have their share of the partitions, and every cell a plan by who has it now. */
  private async change(
    published: Publications,
    stories: readonly CellStory[],
    what: string,
    make: () => Promise<void>,
  ): Promise<void> {
    const before = this.running.length;
    const at = Date.now();
    await make();
    const change = { what: `${before} → ${this.running.length}${what === 'start' ? '' : `, ${what}`}`, at };
    this.changes.push(change);
    const isOver = () =>
      this.isShared(stories.length) && stories.every((story) => this.isPlanned(story, at, published));
    await published.until(isOver, PATIENCE_S, `${change.what}: a plan for each cell`, () => this.mustRun());
    this.tell(
      `${change.what}: after ${((Date.now() - at) / 1000).toFixed(1)} s every cell has a plan by who has it now`,
    );
    await pause(CALM_MS);
  }

  private isShared(partitions: number): boolean {
    const owners = [...ownersOf(this.all).values()].map(({ by }) => by);
    const least = Math.floor(partitions / this.running.length);
    return this.running.every((optimizer) => owners.filter((owner) => owner === optimizer).length >= least);
  }

  private isPlanned({ cell, partition }: CellStory, since: number, { byCell }: Publications): boolean {
    const owner = ownersOf(this.all).get(partition);
    if (!owner || !this.running.includes(owner.by)) return false;
    return (byCell.get(cell)?.at(-1)?.at ?? 0) > Math.max(since, owner.at);
  }

  private async start(): Promise<void> {
    const { client, snapshotEvents } = this.options;
    const optimizer = new OptimizerProcess(`optimizer ${this.all.length + 1}`, {
      PORTOLAN_LOG: 'kafka',
      PORTOLAN_KAFKA_BROKERS: this.address,
      PORTOLAN_KAFKA_CLIENT: client,
      PORTOLAN_SNAPSHOT_EVENTS: String(snapshotEvents),
    });
    this.all.push(optimizer);
    this.running.push(optimizer);
  }

  /** The one that has been there longest goes. */
  private async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    await this.running.shift()!.end(signal);
  }

  private mustRun(): void {
    for (const optimizer of this.running) optimizer.mustRun();
  }
}
