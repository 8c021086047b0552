import type { Kind } from '../events/decision.js';
import { parseInstant } from '../time/instant.js';
import { TRACE } from './assignments.js';
import type { ItineraryView, RecommendedChange } from './recommendation.js';

/** What kind of advice a group of changes is: the kind of the change that matters most, bookings only where all are. */
export function kindOf(changes: readonly RecommendedChange[]): Kind {
  const others = changes.filter((change) => change.inForce.length > 0);
  if (others.length === 0) return 'book';
  const weightiest = others.reduce((a, b) => (Math.abs(b.saving.amount) > Math.abs(a.saving.amount) ? b : a));
  return changeKind(weightiest);
}

function changeKind({ inForce, proposed, due }: RecommendedChange): Kind {
  if (moving(proposed) < moving(inForce) - TRACE) return 'hold';
  if (suppliesOf(inForce) !== suppliesOf(proposed)) return 'reallocate';
  const [before, after] = [lastDelivery(inForce), lastDelivery(proposed)];
  if (before === undefined || after === undefined || before === after) return 'reroute';
  const late = due !== undefined && after > parseInstant(due)!;
  if (after > before && late) return 'accept-delay';
  return after < before && movingCost(proposed) > movingCost(inForce) + TRACE ? 'expedite' : 'reroute';
}

const served = (views: readonly ItineraryView[]) => views.filter(({ unserved }) => unserved === undefined);
const moving = (views: readonly ItineraryView[]) => served(views).reduce((sum, { quantity }) => sum + quantity, 0);
const suppliesOf = (views: readonly ItineraryView[]) =>
  [...new Set(served(views).map(({ supply }) => supply ?? ''))].sort().join();
const movingCost = (views: readonly ItineraryView[]) =>
  served(views).reduce(
    (sum, { quantity, parts }) => sum + quantity * ((parts?.transport ?? 0) + (parts?.handling ?? 0)),
    0,
  );

function lastDelivery(views: readonly ItineraryView[]): number | undefined {
  const instants = served(views).flatMap(({ delivered }) =>
    delivered === undefined ? [] : [parseInstant(delivered)!],
  );
  return instants.length > 0 ? Math.max(...instants) : undefined;
}
