import { type EventReference, type State, causesFor, round, stepKey } from '@portolan/domain';
import { type OrderAccount, totalOf } from './account.js';
import type {
  ComparedDecision,
  ComparedResource,
  ComparedShipment,
  ComparedVariant,
  Side,
  Totals,
} from './document.js';
import { keyOfLoad, loadsThatDiffer } from './loads.js';
import type { Outcome } from './outcome.js';

/** Less than this is noise of rounding, money. */
const NOISE = 0.01;
/** What is listed of each kind; the largest differences first. */
const LISTED = 500;
/** Resources whose loads are given over time. */
const LOADS = 12;

type Compared = Pick<
  ComparedVariant,
  'totals' | 'difference' | 'warnings' | 'shipments' | 'resources' | 'loads' | 'decisions'
>;

/** A run against the baseline. `since` is the position from which its log is another one. */
export function compare(baseline: Outcome, variant: Outcome, since: number): Compared {
  return {
    totals: variant.totals,
    difference: differenceOf(baseline.totals, variant.totals),
    warnings: variant.warnings.map(({ pointer, message }) => ({ pointer, message })),
    shipments: shipmentsOf(baseline, variant, since),
    resources: resourcesOf(baseline, variant),
    loads: loadsThatDiffer(baseline.loads, variant.loads, LOADS),
    decisions: decisionsOf(baseline, variant),
  };
}

function differenceOf(a: Totals, b: Totals): Compared['difference'] {
  const less = (after: number, before: number) => round(after - before);
  const { total: _, ...names } = b.cost;
  const parts = Object.keys(names) as (keyof typeof names)[];
  const modes = [...new Set([...Object.keys(a.modes), ...Object.keys(b.modes)])].sort();
  return {
    total: less(b.cost.total, a.cost.total),
    planned: less(b.planned, a.planned),
    unserved: less(b.unserved.quantity, a.unserved.quantity),
    lateHours: less(b.late.hours, a.late.hours),
    co2eKg: less(b.co2eKg, a.co2eKg),
    parts: Object.fromEntries(parts.map((name) => [name, less(b.cost[name], a.cost[name])])),
    modes: Object.fromEntries(modes.map((mode) => [mode, less(b.modes[mode] ?? 0, a.modes[mode] ?? 0)])),
  };
}

/** Orders that cost another amount, or go another way for the same; what differs most first. */
function shipmentsOf(baseline: Outcome, variant: Outcome, since: number): ComparedShipment[] {
  const prices = pricesThatDiffer(baseline, variant);
  const orders = [...new Set([...baseline.accounts.keys(), ...variant.accounts.keys()])].sort();
  return orders
    .flatMap((order) => {
      const [before, after] = [baseline.accounts.get(order), variant.accounts.get(order)];
      const [a, b] = [before && sideOf(before), after && sideOf(after)];
      if (JSON.stringify(a) === JSON.stringify(b)) return [];
      const ways = [...(a?.journeys ?? []), ...(b?.journeys ?? [])].flatMap(({ legs }) => legs);
      const customer = (after ?? before)!.customer;
      const shipment: ComparedShipment = {
        order,
        ...(customer !== undefined && { customer }),
        ...(a && { baseline: a }),
        ...(b && { variant: b }),
        costs: round((b?.cost ?? 0) - (a?.cost ?? 0)),
        causes: causesOn(variant.planned.state, order, ways, since),
        bottlenecks: [...new Set(ways.filter((leg) => prices.has(leg)))],
      };
      return [shipment];
    })
    .sort((a, b) => Math.abs(b.costs) - Math.abs(a.costs) || (a.order < b.order ? -1 : 1))
    .slice(0, LISTED);
}

function sideOf({ journeys, unserved, reason, unservedCost }: OrderAccount): Side {
  return {
    journeys: journeys
      .map(({ quantity, legs, delivered }) => ({
        quantity: round(quantity),
        legs: [...legs],
        ...(delivered !== undefined && { delivered }),
      }))
      .sort((a, b) => (a.legs.join() < b.legs.join() ? -1 : 1)),
    unserved: round(unserved),
    ...(reason !== undefined && { reason }),
    cost: round(journeys.reduce((sum, { cost }) => sum + totalOf(cost), unservedCost)),
    co2eKg: round(journeys.reduce((sum, { co2eKg }) => sum + co2eKg, 0)),
  };
}

/** Events that only the variant has, on the order or its ways, before and after. */
function causesOn(state: State, order: string, ways: readonly string[], since: number): EventReference[] {
  const things = [...new Set(ways)].flatMap((leg) => {
    const service = leg.replace(/\/[^/]*$/, '');
    const found = state.services.get(leg) ?? state.services.get(service);
    const ends = found?.kind === 'relation' ? [found.from, found.to] : legEnds(found, leg);
    return [`leg:${leg}`, `service:${found?.id ?? service}`, ...ends.map((location) => `location:${location}`)];
  });
  return causesFor(state, [`order:${order}`, ...things], since).filter(({ id }) => id.startsWith('what-if/'));
}

function legEnds(
  service: { legs: readonly { id: string; from: string; to: string }[] } | undefined,
  key: string,
): string[] {
  const leg = service?.legs.find(({ id }) => key.endsWith(`/${id}`));
  return leg ? [leg.from, leg.to] : [];
}

function pricesThatDiffer(baseline: Outcome, variant: Outcome): ReadonlySet<string> {
  return new Set(
    resourcesOf(baseline, variant)
      .filter(({ baseline: a, variant: b }) => Math.abs((a?.shadowPrice ?? 0) - (b?.shadowPrice ?? 0)) > NOISE)
      .map(({ service, leg }) => stepKey({ service, leg })),
  );
}

/** Resources of the last plans with another load, capacity or price. */
function resourcesOf(baseline: Outcome, variant: Outcome): ComparedResource[] {
  const loads = (outcome: Outcome) => new Map(outcome.planned.plan.prices.legs.map((load) => [keyOfLoad(load), load]));
  const [before, after] = [loads(baseline), loads(variant)];
  const figures = (load: { used: number; capacity: number; shadowPrice: number } | undefined) =>
    load && { used: load.used, capacity: load.capacity, shadowPrice: load.shadowPrice };
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort()
    .flatMap((key) => {
      const [a, b] = [before.get(key), after.get(key)];
      if (JSON.stringify(figures(a)) === JSON.stringify(figures(b))) return [];
      const { service, leg, resource } = (a ?? b)!;
      const resourceOf: ComparedResource = {
        service,
        ...(leg !== undefined && { leg }),
        resource,
        ...(a && { baseline: figures(a)! }),
        ...(b && { variant: figures(b)! }),
      };
      return [resourceOf];
    })
    .sort((a, b) => priceShift(b) - priceShift(a))
    .slice(0, LISTED);
}

const priceShift = ({ baseline, variant }: ComparedResource): number =>
  Math.abs((baseline?.shadowPrice ?? 0) - (variant?.shadowPrice ?? 0));

/** Proposals that only one of the two made, by when they had to be answered. */
function decisionsOf(baseline: Outcome, variant: Outcome): ComparedDecision[] {
  const only = (of: Outcome, other: Outcome, side: ComparedDecision['only']) =>
    [...of.proposed.values()].filter(({ id }) => !other.proposed.has(id)).map((each) => ({ ...each, only: side }));
  return [...only(variant, baseline, 'variant'), ...only(baseline, variant, 'baseline')]
    .sort((a, b) => ((a.decideBy ?? '~') < (b.decideBy ?? '~') ? -1 : 1))
    .slice(0, LISTED);
}
