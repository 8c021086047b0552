import type { PlannedState } from '@portolan/cells';
import { type Recommendation, round } from '@portolan/domain';
import { emissionsOf, lateness, unservedOf } from '../figures/figures.js';
import type { ReplayStep } from '../run/run.js';
import type { Warning } from '../scenario/script.js';
import { type OrderAccount, accountsOf, costNames, noCost, totalOf } from './account.js';
import { LoadHistories } from './loads.js';
import type { ComparedDecision, Point, Totals } from './document.js';

/** What is kept of a run, to compare it. */
export interface Outcome {
  readonly totals: Totals;
  readonly series: readonly Point[];
  readonly accounts: ReadonlyMap<string, OrderAccount>;
  /** Everything that was proposed, by id. */
  readonly proposed: ReadonlyMap<string, Omit<ComparedDecision, 'only'>>;
  /** What its plans load, over time. */
  readonly loads: LoadHistories;
  /** What is odd about its changes. */
  readonly warnings: readonly Warning[];
  /** Of the last step. */
  readonly planned: PlannedState;
}

/** Gathers a run's outcome from its steps. */
export class Gathering {
  private readonly series: Point[];
  private readonly proposed: Map<string, Omit<ComparedDecision, 'only'>>;
  private readonly loads: LoadHistories;
  private readonly warnings: Warning[] = [];
  private last: ReplayStep | undefined;

  constructor(from?: Gathering) {
    this.series = [...(from?.series ?? [])];
    this.proposed = new Map(from?.proposed);
    this.loads = new LoadHistories(from?.loads);
    this.last = from?.last;
  }

  /** The same so far, to go on by itself. */
  fork(): Gathering {
    return new Gathering(this);
  }

  add(step: ReplayStep): void {
    this.last = step;
    this.series.push(pointOf(step));
    this.loads.add(step.publication.now, step.publication.plan.prices.legs);
    for (const each of step.publication.recommendations) this.note(each);
  }

  warn(warning: Warning): void {
    this.warnings.push(warning);
  }

  /** `undefined` before the first step. */
  get outcome(): Outcome | undefined {
    if (!this.last) return undefined;
    const { series, proposed, loads, warnings } = this;
    const { planned, publication } = this.last;
    const accounts = accountsOf(planned);
    const totals = totalsOf([...accounts.values()], publication.plan.objective.total);
    return { totals, series, accounts, proposed: answered(proposed, planned), loads, warnings, planned };
  }

  private note({ id, kind, summary, status, changes, decideBy, createdAt }: Recommendation): void {
    if (status !== 'open') return;
    const shipments = changes.map(({ shipment }) => shipment);
    const known = this.proposed.get(id);
    const proposed = known?.proposed ?? createdAt;
    this.proposed.set(id, {
      id,
      kind,
      summary,
      shipments,
      proposed,
      accepted: false,
      ...(decideBy !== undefined && { decideBy }),
    });
  }
}

const answered = (proposed: Outcome['proposed'], { state }: PlannedState) =>
  new Map(
    [...proposed].map(([id, each]) => [id, { ...each, accepted: state.decisions.get(id)?.decision === 'accept' }]),
  );

const pointOf = ({ publication: { now, plan }, planned }: ReplayStep): Point => ({
  now,
  objective: plan.objective.total,
  unserved: unservedOf(plan).quantity,
  late: lateness(planned.asked.problem, plan.flows).quantity,
  co2eKg: emissionsOf(plan),
});

function totalsOf(accounts: readonly OrderAccount[], planned: number): Totals {
  const journeys = accounts.flatMap((account) => account.journeys);
  const sum = (values: readonly number[]) => round(values.reduce((total, value) => total + value, 0));
  const cost = noCost();
  for (const each of journeys) for (const name of costNames) cost[name] += each.cost[name];
  cost.unserved = accounts.reduce((total, { unservedCost }) => total + unservedCost, 0);
  const modes = [...new Set(journeys.flatMap(({ work }) => Object.keys(work)))].sort();
  const late = accounts.filter((account) => account.journeys.some(({ lateHours }) => lateHours > 0));
  const rounded = Object.fromEntries(costNames.map((name) => [name, round(cost[name])])) as typeof cost;
  return {
    cost: { ...rounded, total: round(totalOf(cost)) },
    planned,
    unserved: {
      orders: accounts.filter(({ unserved }) => unserved > 0).length,
      quantity: sum(accounts.map(({ unserved }) => unserved)),
    },
    late: {
      orders: late.length,
      quantity: sum(journeys.map(({ lateHours, quantity }) => (lateHours > 0 ? quantity : 0))),
      hours: sum(journeys.map(({ lateHours }) => lateHours)),
    },
    co2eKg: sum(journeys.map(({ co2eKg }) => co2eKg)),
    modes: Object.fromEntries(
      modes.map((mode) => [mode, Math.round(sum(journeys.map(({ work }) => work[mode] ?? 0)))]),
    ),
  };
}
