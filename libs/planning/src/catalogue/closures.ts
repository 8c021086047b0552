import { type Leg, type Place, isClosed } from '@portolan/domain';
import type { Start } from '../search/walk.js';

/** Do goods on their way load, transfer or unload at one of these places while it is closed? */
export function meetsClosure(start: Start, legs: Iterable<Leg>, places: ReadonlySet<Place>): boolean {
  let { time, last } = start;
  for (const leg of legs) {
    const place = leg.from;
    const staysOnBoard = last?.kind === 'scheduled' && last.next === leg.index;
    const ready = time + (last ? place.transferTime : place.loadTime);
    const departs = leg.kind === 'scheduled' ? leg.departs : ready;
    if (!staysOnBoard && places.has(place)) {
      if (isClosed(place, departs) || (last && isClosed(place, time))) return true;
    }
    time = leg.kind === 'scheduled' ? leg.arrives : departs + leg.duration;
    last = leg;
  }
  return last !== undefined && places.has(last.to) && isClosed(last.to, time);
}
