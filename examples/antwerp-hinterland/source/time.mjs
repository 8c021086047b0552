/** Everywhere here a moment is a number of hours since the start, a Monday at 06:00 UTC (07:00 in Antwerp). */
export const START = Date.parse('2026-03-02T06:00:00Z');
export const DAY = 24;
/** The log covers two weeks; runs are planned for 19 days, so that the last goods of the log can still arrive. */
export const END = 14 * DAY;
export const LAST_RUN = 19 * DAY;

/** RFC 3339 in UTC, to the minute. */
export const instant = (hours) => new Date(START + Math.round(hours * 60) * 60_000).toISOString().replace('.000Z', 'Z');
/** RFC 3339 in local time; until 29 March all places of the example but Britain are at +01:00. */
export const local = (hours) => instant(hours + 1).replace('Z', '+01:00');
/** Hours since the start of day 1 (Monday) at a local hour of day. */
export const on = (day, localHour) => (day - 1) * DAY + localHour - 7;
/** Planned times are to the quarter of an hour. */
export const quarter = (hours) => Math.round(hours * 4) / 4;
export const iso8601 = (hours) => {
  const minutes = Math.round(hours * 60);
  const text = `${minutes >= 60 ? `${Math.floor(minutes / 60)}H` : ''}${minutes % 60 ? `${minutes % 60}M` : ''}`;
  return `PT${text || '0S'}`;
};
export const dateOf = (hours) => instant(hours).slice(5, 10).replace('-', '');
