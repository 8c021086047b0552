import type { Kind } from '../events/decision.js';
import { stepKey } from './assignments.js';
import type { ItineraryView, Recommendation, RecommendedChange } from './recommendation.js';

type Sentence = Pick<Recommendation, 'kind' | 'changes' | 'saving' | 'decideBy'> & { unit: string };

/** One sentence for people: what to do, what it saves, until when. */
export function summaryOf({ kind, changes, saving, decideBy, unit }: Sentence): string {
  const [first, ...others] = changes;
  const what = `${verbs[kind](first!, unit)}${others.length > 0 ? `, together with ${count(others.length, 'more change')}` : ''}`;
  const until = decideBy === undefined ? '' : `; decide by ${decideBy}`;
  return `${what}: ${savingText(saving)}${until}`;
}

const verbs: Record<Kind, (change: RecommendedChange, unit: string) => string> = {
  book: (change, unit) => `Book ${goods(change, unit)} on ${route(change.proposed)}`,
  reroute: (change, unit) =>
    `Reroute ${goods(change, unit)} from ${route(change.inForce)} to ${route(change.proposed)}`,
  reallocate: (change, unit) =>
    `Serve ${goods(change, unit)} from ${lots(change.proposed)} instead of ${lots(change.inForce)}`,
  hold: (change, unit) => `Hold ${goods(change, unit)}, now on ${route(change.inForce)}`,
  expedite: (change, unit) =>
    `Expedite ${goods(change, unit)}: ${route(change.proposed)} instead of ${route(change.inForce)}`,
  'accept-delay': (change, unit) =>
    `Accept a delay of ${goods(change, unit)}: ${route(change.proposed)} instead of ${route(change.inForce)}`,
};

const goods = ({ shipment, quantity, from, to }: RecommendedChange, unit: string) =>
  `${shipment} (${quantity} ${unit}, ${from} to ${to})`;

function route(views: readonly ItineraryView[]): string {
  const routes = views.map(({ legs, unserved }) =>
    unserved !== undefined ? 'nothing' : legs.length === 0 ? 'no further leg' : legs.map(stepKey).join(' + '),
  );
  return [...new Set(routes)].join(' and ') || 'nothing';
}

const lots = (views: readonly ItineraryView[]): string =>
  [...new Set(views.flatMap(({ supply }) => supply ?? []))].join(' and ') || 'no lot';

function savingText({ amount, currency, hours, co2eKg }: Recommendation['saving']): string {
  const money = `${amount < 0 ? 'costs' : 'saves'} ${currency} ${Math.abs(amount).toFixed(0)}`;
  const time = Math.abs(hours) < 0.05 ? '' : `, ${Math.abs(hours).toFixed(1)} h ${hours > 0 ? 'earlier' : 'later'}`;
  const carbon =
    Math.abs(co2eKg) < 0.5 ? '' : `, ${Math.abs(co2eKg).toFixed(0)} kg CO2e ${co2eKg > 0 ? 'less' : 'more'}`;
  return money + time + carbon;
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
