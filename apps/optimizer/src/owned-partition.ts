import { type Planner, PlanningCell } from '@portolan/cells';
import type { PlanPublication } from '@portolan/domain';
import type { CellSnapshot, Restored, Snapshots } from '@portolan/replay';
import { type EventLog, type LogRecord, topics } from '@portolan/streams';
import type { Publications } from './publications.js';
import { Saving } from './snapshots/saving.js';

/** What a partition is planned with. */
export interface Collaborators {
  readonly log: EventLog;
  readonly planner: Planner;
  readonly publications: Publications;
  readonly snapshots: Snapshots;
  /** Told of each cell that was planned before, with its newest plan. */
  readonly onKnown: (cell: string, newest: PlanPublication) => void;
}

/** A partition of the events while this process has it: its cells, and how they are saved. */
export class OwnedPartition {
  readonly cells = new Map<string, PlanningCell>();
  readonly saving: Saving;
  readonly faults: readonly string[];
  /** Events before this offset are in the snapshots that the cells began with. */
  readonly start: number;

  private constructor(
    readonly partition: number,
    /** Its end, and those of the plans, when it was gained: what comes later nobody else has planned. */
    private readonly end: number,
    private readonly plans: readonly number[],
    restored: Restored | undefined,
    private readonly collaborators: Collaborators,
  ) {
    const { snapshots, planner } = collaborators;
    this.saving = new Saving(partition, snapshots, planner, restored?.checkpoint);
    this.faults = restored?.faults ?? [];
    this.start = restored?.checkpoint.next ?? 0;
  }

  /** The partition with the cells of its newest checkpoint. Their live plans may take longer: who asks for a plan waits for them. */
  static async gained(partition: number, end: number, collaborators: Collaborators): Promise<OwnedPartition> {
    const { log, snapshots } = collaborators;
    const [restored, plans] = await Promise.all([snapshots.restore(partition), log.ends(topics.plans)]);
    const owned = new OwnedPartition(partition, end, plans, restored, collaborators);
    await Promise.all([...(restored?.snapshots ?? [])].map(([name, snapshot]) => owned.resume(name, snapshot)));
    return owned;
  }

  /** The cell that these records, the first of which is at `offset`, are about. */
  async cell(name: string, { offset }: LogRecord): Promise<PlanningCell> {
    return this.cells.get(name) ?? this.begin(name, undefined, offset < this.end ? undefined : this.plans);
  }

  private async resume(name: string, { state, live }: CellSnapshot): Promise<void> {
    const cell = await this.begin(name, state);
    if (live !== undefined) cell.resume(live);
  }

  private async begin(name: string, state?: CellSnapshot['state'], plansSince?: readonly number[]) {
    const { planner, publications, onKnown } = this.collaborators;
    const newest = await publications.newest(name, plansSince);
    const cell = new PlanningCell(name, planner, newest, state);
    this.cells.set(name, cell);
    if (newest) onKnown(name, newest);
    return cell;
  }
}
