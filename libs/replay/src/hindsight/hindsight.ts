import type { CellPlanner } from '@portolan/cells';
import { type PortolanEvent, round } from '@portolan/domain';
import { totalOf } from '../comparison/account.js';
import type { Totals } from '../comparison/document.js';
import type { Outcome } from '../comparison/outcome.js';
import { aboutBase } from '../scenario/base.js';
import type { Script } from '../scenario/script.js';
import { firstDifference } from '../what-if/changed.js';
import { gatheredBaseline, gatheredVariant } from '../what-if/gathered.js';
import type { RunTerms } from '../what-if/run.js';
import { perfectPlan } from './perfect.js';

export interface Hindsight {
  readonly format: 'portolan.hindsight/1';
  readonly cell: string;
  readonly currency: string;
  readonly unit: string;
  readonly base: { readonly from: string; readonly until: string; readonly events: number; readonly steps: number };
  /** What was moved, and what the last plan does with the rest. */
  readonly realised: Totals;
  /** The same with everything known at the first moment. */
  readonly perfect: Totals;
  /** What not knowing has cost. */
  readonly regret: number;
  /** What differs most first. */
  readonly orders: readonly OrderRegret[];
  readonly recommendations: readonly RecommendationWorth[];
}

export interface OrderRegret {
  readonly order: string;
  readonly customer?: string;
  readonly realised: number;
  readonly perfect: number;
  readonly regret: number;
}

/** A recommendation that was accepted. */
export interface RecommendationWorth {
  readonly recommendation: string;
  readonly kind: string;
  readonly shipments: readonly string[];
  readonly acceptedAt: string;
  readonly by: string;
  /** What it was to save. */
  readonly promised: number;
  /** How much more everything would have cost, had it been rejected. */
  readonly worth: number;
}

export interface HindsightOptions extends RunTerms {
  readonly planner: CellPlanner;
  /** Of so many accepted recommendations, those that promised most, it is looked what they were worth: a run each. */
  readonly recommendations: number;
  readonly onProgress?: (done: number, of: number) => void;
}

const ORDERS = 500;

/** What the plans of a log cost against the plan of somebody who knew it all, and what its decisions were worth. */
export async function hindsight(options: HindsightOptions): Promise<Hindsight> {
  const { base, planner, onProgress } = options;
  const accepted = acceptances(options);
  const runs = accepted.length + 2;
  const scripts = accepted.map(({ index, event }) => rejecting(index, event));
  const indexes = scripts.map((script) => firstDifference(base, script));
  const { outcome: realised, forks } = await gatheredBaseline(options, planner, indexes);
  onProgress?.(1, runs);
  const recommendations: RecommendationWorth[] = [];
  for (const [at, acceptance] of accepted.entries()) {
    const fork = forks.get(indexes[at]!)!;
    const without = await gatheredVariant(options, planner, fork, scripts[at]!, { seed: 1, run: 1 });
    const worth = without.totals.cost.total - realised.totals.cost.total;
    recommendations.push({ ...aboutOf(acceptance.event), worth: round(worth) });
    onProgress?.(at + 2, runs);
  }
  const perfect = await perfectPlan(base, planner);
  const { currency, unit } = realised.planned.state.parameters;
  return {
    format: 'portolan.hindsight/1',
    cell: base.cell,
    currency,
    unit,
    base: aboutBase(base, realised.series.length),
    realised: realised.totals,
    perfect: perfect.totals,
    regret: round(realised.totals.cost.total - perfect.totals.cost.total),
    orders: orderRegrets(realised, perfect),
    recommendations,
  };
}

type DecisionEvent = PortolanEvent & { type: 'org.portolan.decision.made' };

function acceptances({ base, recommendations }: HindsightOptions): { index: number; event: DecisionEvent }[] {
  return base.events
    .flatMap((event, index) =>
      event.type === 'org.portolan.decision.made' && event.data.decision === 'accept' ? [{ index, event }] : [],
    )
    .sort((a, b) => b.event.data.proposal.saving - a.event.data.proposal.saving)
    .slice(0, recommendations);
}

/** The same log with the contrary answer. It is a person's then: a policy would only give its own again. */
function rejecting(index: number, event: DecisionEvent): Script {
  const { policy: _, ...data } = event.data;
  const rejected = { ...event, id: `what-if/${event.id}`, data: { ...data, decision: 'reject' as const } };
  return { tellings: [], rewritten: new Map([[index, [rejected]]]) };
}

const aboutOf = ({ data: { recommendation, proposal, at, by, policy } }: DecisionEvent) => ({
  recommendation,
  kind: proposal.kind,
  shipments: proposal.shipments.map(({ shipment }) => shipment),
  acceptedAt: at,
  by: policy ?? by,
  promised: proposal.saving,
});

function orderRegrets(realised: Outcome, perfect: Outcome): OrderRegret[] {
  const costOf = (outcome: Outcome, order: string) => {
    const account = outcome.accounts.get(order);
    return account ? account.journeys.reduce((sum, { cost }) => sum + totalOf(cost), account.unservedCost) : 0;
  };
  return [...new Set([...realised.accounts.keys(), ...perfect.accounts.keys()])]
    .map((order) => {
      const [was, best] = [costOf(realised, order), costOf(perfect, order)];
      const customer = realised.accounts.get(order)?.customer;
      const regret = { order, realised: round(was), perfect: round(best), regret: round(was - best) };
      return { ...regret, ...(customer !== undefined && { customer }) };
    })
    .filter(({ regret }) => regret !== 0)
    .sort((a, b) => Math.abs(b.regret) - Math.abs(a.regret) || (a.order < b.order ? -1 : 1))
    .slice(0, ORDERS);
}
