import { type Fault, type Millis, parseInstant } from '@portolan/domain';
import { pointerKey } from '../reading.js';
import { momentOf } from '../time/moment.js';

/** Ends of closures, of shelf life and the like may lie as far ahead as one likes. */
const openEnds = new Set(['to', 'until', 'expires', 'latest']);

/** Instants in an event's data that nothing can have been meant by: before 2000, or more than five years after reception. */
export function absurdDates(data: unknown, received: Millis, pointer: string): Fault[] {
  const faults: Fault[] = [];
  lookFor(data, received, pointer, '', faults);
  return faults;
}

/** Pointers are made where something is found: nearly always nothing is. */
function lookFor(value: unknown, received: Millis, pointer: string, name: string, found: Fault[]): void {
  if (typeof value === 'string') {
    const message = isPerhapsInstant(value) ? absurdity(value, received, name) : undefined;
    if (message !== undefined) found.push({ pointer, value, message });
  } else if (Array.isArray(value)) {
    value.forEach((each, at) => lookFor(each, received, `${pointer}/${at}`, name, found));
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value))
      if (key !== 'extensions' && isWorthALook(each)) lookFor(each, received, pointer + pointerKey(key), key, found);
  }
}

const isWorthALook = (value: unknown): boolean =>
  typeof value === 'string' ? isPerhapsInstant(value) : typeof value === 'object' && value !== null;

/** Begins with a digit, as years do. */
const isPerhapsInstant = (text: string): boolean => text.charCodeAt(0) >= 48 && text.charCodeAt(0) <= 57;

function absurdity(text: string, received: Millis, name: string): string | undefined {
  const at = parseInstant(text);
  if (at === undefined || (openEnds.has(name) && at > received)) return undefined;
  const moment = momentOf(text, received);
  return moment.ok ? undefined : moment.message;
}
