import { HOUR, type Millis } from '@portolan/domain';
import type { Stream } from '../random.js';
import { type Area, isTerminal } from './area.js';
import { at } from './clock.js';

export interface PlannedClosure {
  readonly id: string;
  readonly location: string;
  readonly from: Millis;
  readonly to: Millis;
  readonly reason: string;
}

const reasons = ['Works on the quay', 'Public holiday', 'Crane overhaul', 'Storm surge barrier tested'];
/** One terminal in so many closes for a while. */
const ONE_IN = 15;

/** What terminals have announced: half a day to a day and a half, in the two weeks. */
export function closures({ sites }: Area, random: Stream): PlannedClosure[] {
  const terminals = sites.filter(isTerminal);
  const count = Math.max(1, Math.round(terminals.length / ONE_IN));
  const closed = new Set(Array.from({ length: count }, () => random.pick(terminals).id));
  return [...closed].sort().map((location) => {
    const from = at(random.whole(30, 300));
    const to = from + random.whole(12, 36) * HOUR;
    return { id: `CLOSED-${location}`, location, from, to, reason: random.pick(reasons) };
  });
}
