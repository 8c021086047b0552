import { type Fault, type Millis, parseInstant } from '@portolan/domain';
import { pointerKey } from '../reading.js';
import { momentOf } from '../time/moment.js';

/** Ends of closures, of shelf life and the like may lie as far ahead as one likes. */
const openEnds = new Set(['to', 'until', 'expires', 'latest']);

/** Instants in an event's data that nothing can have been meant by: before 2000, or more than five years after reception. */
export function absurdDates(data: unknown, received: Millis, pointer: string, name = ''): Fault[] {
  if (typeof data === 'string') return absurdDate(data, received, pointer, name);
  if (typeof data !== 'object' || data === null) return [];
  return Object.entries(data).flatMap(([key, value]) =>
    key === 'extensions'
      ? []
      : absurdDates(value, received, pointer + pointerKey(key), Array.isArray(data) ? name : key),
  );
}

function absurdDate(text: string, received: Millis, pointer: string, name: string): Fault[] {
  const at = parseInstant(text);
  if (at === undefined || (openEnds.has(name) && at > received)) return [];
  const moment = momentOf(text, received);
  return moment.ok ? [] : [{ pointer, value: text, message: moment.message }];
}
