import { type Demand, type PlanDocument, type Problem, legKey, priceItinerary } from '@portolan/domain';
import { lagrangianBound, primalInfeasibility } from './certificate.js';
import { type Column, Resources } from './columns.js';
import { type Engine, EngineFailure } from './engines/engine.js';
import { highsEngine } from './engines/highs.js';
import { javascriptLpSolverEngine } from './engines/javascript-lp-solver.js';
import { Master, type Prices } from './master.js';
import { planDocumentOf } from './plan-document.js';
import { type Pricing, pricingOf } from './pricing.js';
import { plainCost } from './search/timed-search.js';
import { unservedReason } from './unserved.js';
import { isWhole, wholePlan } from './whole-units.js';

export interface SolveOptions {
  /** Default `highs`. */
  readonly engine?: 'highs' | 'javascript-lp-solver';
  /** Stop then, with the best plan so far and its gap. */
  readonly timeLimitSeconds?: number;
  /** Milliseconds of some steady clock, for the limit and the statistics; the library reads none by itself. */
  readonly clock?: () => number;
}

/** How far a certificate may be off, relative; beyond, the plan is solved again by the other engine. */
const TOLERANCE = 1e-6;
/** Whole units are sought for at most this long. */
const WHOLE_SECONDS = 2;

/**
 * The optimal plan for a problem, by column generation, with its proof. A plan whose certificate fails is solved again, by the
 * other engine.
 */
export async function solve(problem: Problem, options: SolveOptions = {}): Promise<PlanDocument> {
  const engines =
    options.engine === 'javascript-lp-solver' ? ['javascript-lp-solver', 'highs'] : ['highs', 'javascript-lp-solver'];
  let plan: PlanDocument | undefined;
  for (const name of engines) {
    const engine = name === 'highs' ? await highsEngine() : javascriptLpSolverEngine;
    try {
      plan = generate(problem, engine, options);
      if (isCertified(plan)) return plan;
    } catch (error) {
      if (!(error instanceof EngineFailure)) throw error;
    }
  }
  if (!plan) throw new EngineFailure('no engine solved the problem');
  return plan;
}

export const isCertified = ({
  certificate: { primalInfeasibility: primal, dualInfeasibility: dual },
}: PlanDocument): boolean => primal <= TOLERANCE && dual <= TOLERANCE;

function generate(problem: Problem, engine: Engine, options: SolveOptions): PlanDocument {
  const clock = options.clock ?? (() => 0);
  const began = clock();
  const deadline = options.timeLimitSeconds === undefined ? Infinity : began + options.timeLimitSeconds * 1000;
  const resources = new Resources(problem);
  const pricing = pricingOf(problem, resources);
  const master = new Master(engine, problem, resources);
  try {
    const inForce = keepInForce(master);
    offerCheapest(master, pricing, resources);
    let rounds = 0;
    let prices = master.solve();
    while (clock() < deadline && priceOut(master, pricing, resources, prices)) {
      prices = master.solve();
      rounds++;
    }
    const bound = lagrangianBound(problem, resources, prices, pricing, inForce);
    const relaxed = master.flows();
    const flows = isWhole(problem, relaxed) ? relaxed : (wholePlan(engine, master, WHOLE_SECONDS) ?? []);
    return planDocumentOf({
      problem,
      resources,
      flows,
      prices,
      certificate: { ...bound, primalInfeasibility: primalInfeasibility(problem, resources, flows) },
      reason: (demand) => unservedReason(problem, resources, pricing, prices.resources, demand),
      statistics: {
        columns: master.columns.length,
        rows: master.rows.length,
        rounds,
        milliseconds: Math.round((clock() - began) * 1000) / 1000,
        engine: engine.name,
        warm: false,
      },
    });
  } finally {
    master.close();
  }
}

type InForce = { readonly column: Column; readonly limit: number; readonly quantity: number };

/** Enters what is still possible of `current`; the penalty of what is not is part of every plan. */
function keepInForce(master: Master): InForce[] {
  const { problem } = master;
  return (problem.document.current ?? []).map(({ demand, supply, itinerary, quantity }) => {
    const priced = priceItinerary(problem, demand, supply, itinerary);
    const index = problem.demandById.get(demand)?.index ?? 0;
    if (!priced.possible) return { column: { demand: index, supply: -1, legs: [], cost: 0 }, limit: 0, quantity };
    const legs = itinerary.map(({ service, leg }) => problem.legByKey.get(legKey(service, leg))!.index);
    const lot = supply === undefined ? -1 : problem.supplies.indexOf(problem.supplyById.get(supply)!);
    const column = { demand: index, supply: lot, legs, cost: priced.unitCost };
    const limit = Math.min(quantity, problem.demands[index]!.quantity);
    master.keep(column, limit);
    master.offer(column);
    return { column, limit, quantity };
  });
}

function offerCheapest(master: Master, pricing: Pricing, resources: Resources): void {
  const free = new Float64Array(resources.count);
  for (const demand of master.problem.demands)
    offerBelow(master, pricing, resources, free, demand, demand.unservedPenalty);
}

/** One pricing round: the cheapest itinerary of every demand that has one below its price. Says whether any was new. */
function priceOut(master: Master, pricing: Pricing, resources: Resources, prices: Prices): boolean {
  let found = false;
  for (const demand of master.problem.demands) {
    const price = prices.demands[demand.index]!;
    const bound = price - 1e-9 * Math.max(1, Math.abs(price));
    if (offerBelow(master, pricing, resources, prices.resources, demand, bound)) found = true;
  }
  return found;
}

function offerBelow(
  master: Master,
  pricing: Pricing,
  resources: Resources,
  prices: Float64Array,
  demand: Demand,
  bound: number,
): boolean {
  if (demand.quantity === 0) return false;
  const found = pricing.cheapest(demand, prices, bound);
  return found !== undefined && master.offer(plainCost(found, demand, resources, prices));
}
