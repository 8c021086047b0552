import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { LONG } from './buckets.js';
import { CellLabels, OTHER } from './cell-labels.js';

/** What is told of a plan that was published. */
export interface PlanFigures {
  readonly version: number;
  /** Cost of the plan in its currency. */
  readonly objective: number;
  /** Between plan and bound, as a part of the plan's cost; 0: proven optimal. */
  readonly gap: number;
  /** Demands of which something stays unserved. */
  readonly unserved: number;
  /** What was left out of planning. */
  readonly unplanned: number;
}

/** How plans start: from the live one, from nothing, or from nothing though there was a live one. */
export type Start = 'warm' | 'cold' | 'rebuilt';
/** Where a planning step spends its time. */
export type Phase = 'optimize' | 'explain' | 'publish' | 'restore';

/** Milliseconds of an optimization in searches for itineraries and their proofs, and in the master program. */
export interface OptimizeTimes {
  readonly pricing: number;
  readonly master: number;
}

/** Planning steps and the plans in force. Times are what the service sees around the planner, but for those that the planner tells. */
export class PlanningMetrics {
  /** Since when the oldest event of a cell that no plan knows has been waiting, milliseconds. */
  private readonly waiting = new Map<string, number>();
  readonly foldSeconds;
  /** `outcome`: published, superseded (newer events ended it, or the partition went to another process). */
  readonly stepSeconds;
  readonly phaseSeconds;
  private readonly optimizeSeconds;
  private readonly starts;
  private readonly rebuilds;
  readonly recommendations;
  private readonly figures: Readonly<Record<keyof PlanFigures | 'published', Gauge<'cell'>>>;
  private readonly age: Gauge<'cell'>;
  private readonly labels = new CellLabels();

  constructor(
    registry: Registry,
    private readonly now: () => number,
  ) {
    const registers = [registry];
    const cell = ['cell'] as const;
    this.foldSeconds = new Histogram({
      name: 'portolan_planning_fold_duration_seconds',
      help: 'Time to fold the events of a batch into the state of a cell',
      labelNames: cell,
      buckets: LONG,
      registers,
    });
    this.stepSeconds = new Histogram({
      name: 'portolan_planning_step_duration_seconds',
      help: 'Time of a planning step, from the state to the published plan, by outcome (published, superseded)',
      labelNames: [...cell, 'outcome'] as const,
      buckets: LONG,
      registers,
    });
    this.phaseSeconds = new Histogram({
      name: 'portolan_planning_phase_duration_seconds',
      help: 'Time of a part of a planning step: optimize (pricing and master program, as the service sees them), explain, publish; restore: before the first one of a cell from a snapshot',
      labelNames: [...cell, 'phase'] as const,
      buckets: LONG,
      registers,
    });
    this.optimizeSeconds = new Histogram({
      name: 'portolan_planning_optimize_duration_seconds',
      help: 'Time of an optimization in the planning thread, by part: pricing (searches for itineraries, proofs), master (the linear program)',
      labelNames: [...cell, 'part'] as const,
      buckets: LONG,
      registers,
    });
    this.starts = new Counter({
      name: 'portolan_planning_starts_total',
      help: 'Optimizations by how they started: warm (the live plan was changed: a hit), cold, rebuilt',
      labelNames: [...cell, 'start'] as const,
      registers,
    });
    this.rebuilds = new Counter({
      name: 'portolan_plan_rebuilds_total',
      help: 'Plans computed from scratch because the live one could not be changed',
      labelNames: cell,
      registers,
    });
    this.recommendations = new Counter({
      name: 'portolan_recommendations_total',
      help: 'Recommendations that became new or another, by kind and the status they got',
      labelNames: [...cell, 'kind', 'status'] as const,
      registers,
    });
    const gauge = (name: string, help: string) => new Gauge({ name, help, labelNames: cell, registers });
    this.figures = {
      version: gauge('portolan_plan_version', 'Version of the newest plan'),
      objective: gauge('portolan_plan_objective', 'Cost of the newest plan, in the currency of its problem'),
      gap: gauge('portolan_plan_gap_ratio', 'Gap between the newest plan and its bound; 0: proven optimal'),
      unserved: gauge('portolan_plan_unserved_demands', 'Demands of which the newest plan leaves something unserved'),
      unplanned: gauge('portolan_plan_unplanned_orders', 'Orders and lots that were left out of the newest plan'),
      published: gauge('portolan_plan_published_timestamp_seconds', 'When the newest plan was published (Unix time)'),
    };
    this.age = new Gauge({
      name: 'portolan_plan_age_seconds',
      help: 'How long the oldest event that no plan knows has waited since it was read; 0 when the plan knows all',
      labelNames: cell,
      registers,
      collect: () => this.showAges(),
    });
  }

  /** The label of a cell: its name, or `other` where there are too many. */
  labelOf(cell: string): string {
    return this.labels.of(cell);
  }

  /** Events of the cell were read that its plan does not know. */
  behind(cell: string): void {
    this.waiting.set(cell, Math.min(this.now(), this.waiting.get(cell) ?? Infinity));
  }

  started(name: string, start: Start): void {
    const cell = this.labelOf(name);
    this.starts.inc({ cell, start });
    if (start === 'rebuilt') this.rebuilds.inc({ cell });
  }

  optimized(name: string, times: OptimizeTimes): void {
    const cell = this.labelOf(name);
    for (const part of ['pricing', 'master'] as const) this.optimizeSeconds.observe({ cell, part }, times[part] / 1000);
  }

  /** A plan is in force: found in the log, or published now. Of cells without a label its figures are not told. */
  known(cell: string, figures: PlanFigures): void {
    this.waiting.set(cell, Infinity);
    if (this.labelOf(cell) === OTHER) return;
    for (const [name, value] of Object.entries(figures)) this.figures[name as keyof PlanFigures].set({ cell }, value);
  }

  published(cell: string, figures: PlanFigures): void {
    this.known(cell, figures);
    if (this.labelOf(cell) !== OTHER) this.figures.published.set({ cell }, this.now() / 1000);
  }

  /** Another process plans the cell now: what is told of it here would be old. */
  forget(cell: string): void {
    this.waiting.delete(cell);
    for (const gauge of Object.values(this.figures)) gauge.remove({ cell });
  }

  /** Of cells without a label, the oldest. */
  private showAges(): void {
    this.age.reset();
    const ages = new Map<string, number>();
    for (const [name, since] of this.waiting) {
      const cell = this.labelOf(name);
      ages.set(cell, Math.max(ages.get(cell) ?? 0, since === Infinity ? 0 : (this.now() - since) / 1000));
    }
    for (const [cell, age] of ages) this.age.set({ cell }, age);
  }
}
