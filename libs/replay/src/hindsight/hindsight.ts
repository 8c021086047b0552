import type { CellPlanner } from '@portolan/cells';
import { type PortolanEvent, formatInstant, round } from '@portolan/domain';
import { totalOf } from '../comparison/account.js';
import type { Totals } from '../comparison/document.js';
import { Gathering, type Outcome } from '../comparison/outcome.js';
import type { Script } from '../scenario/script.js';
import { firstDifference } from '../what-if/changed.js';
import { type Fork, type RunTerms, baseline, variantRun } from '../what-if/run.js';
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
  const gathering = new Gathering();
  const forks = new Map<number, { readonly fork: Fork; readonly gathered: Gathering }>();
  for await (const each of baseline(
    options,
    planner,
    scripts.map((script) => firstDifference(base, script)),
  ))
    if ('step' in each) gathering.add(each.step);
    else forks.set(each.fork.index, { fork: each.fork, gathered: gathering.fork() });
  const realised = gathering.outcome!;
  onProgress?.(1, runs);
  const recommendations: RecommendationWorth[] = [];
  for (const [at, acceptance] of accepted.entries()) {
    const { fork, gathered } = forks.get(firstDifference(base, scripts[at]!))!;
    const without = gathered.fork();
    const variant = { name: '', choices: {}, run: 1, runs: 1, seed: 1, changes: [] };
    for await (const step of variantRun(options, planner, fork, scripts[at]!, variant)) without.add(step);
    const worth = without.outcome!.totals.cost.total - realised.totals.cost.total;
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
    base: {
      from: formatInstant(base.first),
      until: formatInstant(base.end),
      events: base.entries.length,
      steps: realised.series.length,
    },
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
