import {
  type Explanation,
  type Ledger,
  type PlanDocument,
  type PlanPublication,
  type PositionedEvent,
  type Recommendation,
  type Recommended,
  type Resumption,
  type ShipmentView,
  type Situation,
  type State,
  emptyLedger,
  emptyState,
  foldBatch,
  formatInstant,
  recommend,
  resolve,
  shipmentsShown,
  toProblem,
  withAlternatives,
} from '@portolan/domain';
import type { Planner } from './planner.js';
import { alternativesIn } from './alternatives.js';
import { type PlannedState, situationOf } from './situation.js';
import { type ShipmentDigests, changedShipments, unchanged } from './shipments.js';

/** An event that could not be folded. */
export interface Unfolded {
  readonly position: number;
  readonly reason: string;
}

/** Steps in a row that newer events may end. */
const MOST_FRUITLESS = 10;

/** What a cell's planner must know to go on after a restart, beyond what the events say. */
interface CellLedger extends Ledger {
  readonly shipments: ShipmentDigests;
}

/** Everything a cell is between two of its steps, as values: to go on from elsewhere, and more than once. */
export interface CellMemory {
  readonly name: string;
  readonly state: State;
  readonly ledger: unknown;
  readonly version: number;
  readonly plannedAt: number;
}

const emptyCellLedger: CellLedger = { ...emptyLedger, shipments: {} };

/** The cell that has this state, and whose newest publication, if any, is the previous one. */
export const memoryOf = (state: State, previous?: PlanPublication): CellMemory => ({
  name: state.cell,
  state,
  ledger: previous?.ledger ?? emptyCellLedger,
  version: previous?.version ?? 0,
  plannedAt: previous?.position ?? -1,
});

/**
 * One planning cell: its state, folded from events, and its planning steps. Owns no thread, log or clock, so that the same
 * events in the same batches give the same publications.
 */
export class PlanningCell {
  private state: State;
  /** States that the planner was asked about: the last one, and the last one whose plan is published. */
  private asked: State | undefined;
  private settledAt: State | undefined;
  private ledger: CellLedger;
  private version: number;
  private plannedAt: number;
  /** What the live plan went through since the newest publication. */
  private resumption: Resumption | undefined;
  /** Why the last step's plan was computed from scratch, where a live one should have been changed. */
  rebuilt: string | undefined;
  /** Was the last step's plan stopped before its optimum was proven? */
  stopped = false;
  /** What the last step asked and was answered. */
  planned: PlannedState | undefined;
  /** Steps since the last publication that came to nothing. */
  private fruitless = 0;

  /**
   * @param previous the cell's newest publication, to go on behind it after a restart
   * @param state where folding begins; default: before the first event
   */
  constructor(
    readonly name: string,
    private readonly planner: Planner,
    previous?: PlanPublication,
    state = emptyState(name),
  ) {
    const { version, plannedAt, ledger } = memoryOf(state, previous);
    [this.state, this.version, this.plannedAt] = [state, version, plannedAt];
    this.ledger = ledger as CellLedger;
  }

  /** The cell that had this memory, once more. */
  static recalled({ name, state, ledger, version, plannedAt }: CellMemory, planner: Planner): PlanningCell {
    const cell = new PlanningCell(name, planner);
    Object.assign(cell, { state, ledger, version, plannedAt } satisfies Partial<CellMemory>);
    return cell;
  }

  /** What it is now; it does not change when the cell goes on. */
  get memory(): CellMemory {
    const { name, state, ledger, version, plannedAt } = this;
    return { name, state, ledger, version, plannedAt };
  }

  /**
   * The live plan, for whoever has the cell next, or `undefined`; see `Planner`. It goes on from that itself, so that both publish the same.
   * To be asked for where the cell is settled.
   */
  async save(): Promise<Uint8Array | undefined> {
    const { position } = this.settled;
    const live = await this.planner.save(this.name);
    if (live) this.resumption = { from: position };
    return live;
  }

  /** Lets the planner go on from what it said of a state in another process. Not waited for: the next question comes behind. */
  resume(live: Uint8Array, state = this.state): void {
    this.asked = this.settledAt = state;
    this.resumption = { from: state.position };
    // A planner that is gone fails the next question, too.
    this.planner.restore(this.name, toProblem(state).problem, live).catch(() => {});
  }

  /** Brings the planner up to the state, where somebody else has published what it does not know: so that the next step is a small one. */
  async catchUp(signal?: AbortSignal, state = this.state): Promise<void> {
    const { resumption } = this;
    if (!resumption || state.position > this.plannedAt || state.position <= (resumption.over ?? resumption.from))
      return;
    this.asked = state;
    await this.planner.plan(this.name, toProblem(state).problem, signal);
    this.resumption = { ...resumption, over: state.position };
  }

  /** Of the newest event in the state; -1 before the first. */
  get position(): number {
    return this.state.position;
  }

  /** The newest state that the planner's live plan fits; where it has none yet, the state as it is. */
  get settled(): State {
    return this.settledAt ?? this.state;
  }

  /** Is the planner's live plan that of the state that is settled? */
  get isSettled(): boolean {
    return this.settledAt !== undefined && this.asked === this.settledAt;
  }

  /** Folds events; gives those that could not be folded, which are as if they were not there, each with the reason. */
  absorb(events: readonly PositionedEvent[]): readonly Unfolded[] {
    try {
      this.state = foldBatch(this.state, events);
      return [];
    } catch (error) {
      const [event] = events;
      if (events.length === 1) return [{ position: event!.position, reason: (error as Error).message }];
      return events.flatMap((each) => this.absorb([each]));
    }
  }

  /** Is there an event that no plan knows yet? */
  get behind(): boolean {
    return this.state.position > this.plannedAt;
  }

  /** Does a plan know the event at this offset? */
  isPlanned(position: number): boolean {
    return position <= this.plannedAt;
  }

  /** May newer events end a step? Not once too many have: a plan of some age is better than none. */
  get patient(): boolean {
    return this.fruitless < MOST_FRUITLESS;
  }

  /** Open recommendations of kinds that a policy accepts by itself. */
  get acceptable(): readonly Recommendation[] {
    const { autoAccept } = this.state.parameters;
    return this.ledger.open.filter(({ id, kind }) => autoAccept.includes(kind) && !this.state.decisions.has(id));
  }

  get now(): string {
    return formatInstant(this.state.now);
  }

  /**
   * Plans the state as it is. The cell moves on only with `published`: a step that got lost is made again.
   * @param signal aborted, planning ends before the optimum, and there is nothing to publish
   * @param detail `brief`: the same plan and recommendations, without shipments, explanations and alternatives, in half the time
   */
  async step(
    signal?: AbortSignal,
    detail: 'whole' | 'brief' = 'whole',
  ): Promise<PlanPublication<PlanDocument> | undefined> {
    const { state } = this;
    const asked = toProblem(state);
    this.asked = state;
    const { plan, continuations, rebuilt, stopped = false } = await this.planner.plan(this.name, asked.problem, signal);
    this.rebuilt = rebuilt;
    this.stopped = stopped;
    if (stopped && signal?.aborted) {
      this.fruitless++;
      return undefined;
    }
    const version = this.version + 1;
    // The planner has checked it.
    const planned = { state, asked, problem: resolve(asked.problem), plan, continuations, version };
    this.planned = planned;
    const situation = situationOf(planned);
    const recommended = recommend(situation, this.ledger);
    const { shipments, explanations, changed, ledger } =
      detail === 'whole'
        ? await this.detailed(planned, situation, recommended)
        : { ...recommended, shipments: unchanged(this.ledger.shipments), explanations: [] };
    return {
      cell: this.name,
      version,
      position: state.position,
      now: formatInstant(state.now),
      plan,
      recommendations: changed,
      shipments: shipments.changed,
      gone: shipments.gone,
      explanations,
      unplanned: asked.unplanned,
      ledger: { ...ledger, shipments: shipments.digests } satisfies CellLedger,
      ...(this.resumption && plan.statistics.warm && { resumed: this.resumption }),
    };
  }

  private async detailed(planned: PlannedState, situation: Situation, recommended: Recommended) {
    const shipments = changedShipments(planned, situation, this.ledger.shipments);
    const explanations = await this.explain(shipmentsShown(recommended), shipments.changed, situation);
    const { changed, ledger } = withAlternatives(recommended, (id) => alternativesIn(explanations.get(id)!));
    return { shipments, explanations: [...explanations.values()], changed, ledger };
  }

  /** Why the demands among these shipments travel as they do. */
  private async explain(
    shown: readonly string[],
    changed: readonly ShipmentView[],
    { demands }: Situation,
  ): Promise<ReadonlyMap<string, Explanation>> {
    const planned = new Set(demands.map(({ id }) => id));
    const ids = [...new Set([...shown, ...changed.map(({ id }) => id)])].filter((id) => planned.has(id)).sort();
    if (ids.length === 0) return new Map();
    const explanations = await this.planner.explain(this.name, ids);
    return new Map(explanations.map((each) => [each.demand, each]));
  }

  published({ version, position, ledger }: PlanPublication<PlanDocument>): void {
    this.version = version;
    this.plannedAt = position;
    this.settledAt = this.asked;
    this.resumption = undefined;
    this.fruitless = 0;
    this.ledger = ledger as CellLedger;
  }
}
