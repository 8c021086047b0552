import { DAY, type Millis, formatInstant, parseInstant } from '@portolan/domain';
import { instantInCountry, isLocalTime } from './local.js';

/** No message tells of what was before, and no plan reaches further: a time outside is a slip of somebody's keyboard. */
const EARLIEST = Date.UTC(2000, 0, 1);
const AHEAD = 5 * 366 * DAY;

/** A moment as read, perhaps with a doubt about it; or what is wrong with it. */
export type Moment =
  { readonly ok: true; readonly at: Millis; readonly flag?: string } | { readonly ok: false; readonly message: string };

/**
 * Reads a time that a sender wrote: RFC 3339, not before 2000 nor more than five years after reception. Without an offset it
 * is local to the UN/LOCODE's country, and flagged; where that is not one offset, it is wrong.
 */
export function momentOf(text: string, received: Millis, unlocode?: string): Moment {
  const at = parseInstant(text);
  if (at !== undefined) return withinReach(at, received);
  if (!isLocalTime(text)) return wrong('must be an RFC 3339 instant with an offset, such as 2026-03-05T10:00:00Z');
  const local = unlocode === undefined ? undefined : instantInCountry(text, unlocode.slice(0, 2));
  if (local === undefined)
    return wrong(`has no offset from UTC, and its place does not tell: send ${text}Z or ${text}+01:00`);
  const moment = withinReach(local, received);
  return moment.ok ? { ...moment, flag: `local-time: ${text} read as local to ${unlocode}` } : moment;
}

const wrong = (message: string): Moment => ({ ok: false, message });

/** A moment that a message can tell of, or why it cannot. */
export function withinReach(at: Millis, received: Millis): Moment {
  if (at < EARLIEST) return wrong('is before 2000-01-01, which no message can tell of');
  if (at > received + AHEAD)
    return wrong(`is more than five years after this message was received (${formatInstant(received)})`);
  return { ok: true, at };
}
