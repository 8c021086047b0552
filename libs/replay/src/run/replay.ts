import type { CellPlanner } from '@portolan/cells';
import { type Millis, parseInstant } from '@portolan/domain';
import type { Beginning } from '../snapshots/beginnings.js';
import type { Entries, Entry, Span } from '../log/entry.js';
import { type Pace, isDueAfter, isDueBefore } from './pace.js';
import { CellRun, type ReplayStep, type RunOptions } from './run.js';

export interface ReplayOptions extends Span {
  readonly pace: Pace;
  /** Where plans are made; cells take turns among them. At least one. */
  readonly planners: readonly CellPlanner[];
  /** Accept what a cell's policy accepts by itself. Default false: the log has these decisions. */
  readonly decides?: boolean;
  /** `brief`: the same plans and recommendations without shipments, explanations and alternatives. Default `whole`. */
  readonly detail?: 'whole' | 'brief';
  /** Cells that begin with a snapshot; the entries then have only what that does not know. Default none. */
  readonly beginnings?: ReadonlyMap<string, Beginning> | undefined;
}

/** Steps that may be asked for before the first of them is taken: the log is read on while plans are made. */
const AHEAD = 16;

/**
 * The planning steps of a log, in its order. The same log gives the same steps, byte for byte, whatever the number of planners; at the
 * pace `as-planned` those of the live optimizer, but for steps that newer events or a deadline had ended early.
 */
export async function* replay(entries: Entries, options: ReplayOptions): AsyncGenerator<ReplayStep> {
  const cells = new Map<string, PacedRun>();
  const steps: Promise<readonly ReplayStep[]>[] = [];
  const ask = (asked: Promise<readonly ReplayStep[]> | undefined) => {
    if (!asked) return;
    // Whoever takes the steps is told when their turn comes.
    asked.catch(() => {});
    steps.push(asked);
  };
  for (const [name, { memory }] of options.beginnings ?? [])
    if (memory.state.position > memory.plannedAt) runOf(cells, name, options);
  for await (const part of entries)
    for (const entry of part) {
      if (!isWithin(entry, options)) continue;
      const cell = runOf(cells, entry.event.partitionkey, options);
      ask(cell.before(entry));
      ask(cell.take(entry));
      while (steps.length > AHEAD) yield* await steps.shift()!;
    }
  for (const cell of cells.values()) ask(cell.end());
  for (const step of steps) yield* await step;
}

export function isWithin({ event }: Entry, { until = Infinity, cell }: Span): boolean {
  return (cell === undefined || event.partitionkey === cell) && parseInstant(event.recordedtime)! <= until;
}

function runOf(cells: Map<string, PacedRun>, name: string, options: ReplayOptions) {
  const { pace, planners, decides = false, detail = 'whole' } = options;
  const known = cells.get(name);
  if (known) return known;
  const planner = planners[cells.size % planners.length]!;
  const cell = begun(name, { planner, decides, detail }, pace, options.beginnings?.get(name));
  cells.set(name, cell);
  return cell;
}

function begun(name: string, options: RunOptions, pace: Pace, beginning: Beginning | undefined): PacedRun {
  if (!beginning) return new PacedRun(new CellRun(name, options), pace);
  const { memory, live, kept } = beginning;
  const { state } = memory;
  const run = new CellRun(name, options, { cell: memory });
  if (live) run.resume({ state, live, until: kept ?? state.position });
  return new PacedRun(run, pace, state.now);
}

/** A cell's run, planned at a pace. */
export class PacedRun {
  /** @param newest reception of the newest event that the run knows already */
  constructor(
    readonly run: CellRun,
    private readonly pace: Pace,
    private newest: Millis = -Infinity,
  ) {}

  /** The steps that are due before this event, where any are. */
  before(entry: Entry): Promise<readonly ReplayStep[]> | undefined {
    return this.run.isBehind && isDueBefore(this.pace, this.newest, entry) ? this.plan() : undefined;
  }

  /** Takes the event, and gives the steps that are due behind it. */
  take(entry: Entry): Promise<readonly ReplayStep[]> | undefined {
    this.run.take(entry);
    this.newest = Math.max(this.newest, parseInstant(entry.event.recordedtime)!);
    if (!isDueAfter(this.pace, entry)) return undefined;
    const steps = this.run.plan(entry.planned);
    if (entry.kept !== undefined) this.run.keep(entry.kept);
    return steps;
  }

  end(): Promise<readonly ReplayStep[]> {
    return this.run.plan();
  }

  /** Between two ticks decisions wait for the next one, as events do. */
  private plan(): Promise<readonly ReplayStep[]> {
    return this.run.plan('warm', this.pace.kind !== 'every');
  }
}
