import { DAY, HOUR, type Millis } from './instant.js';

const ISO8601 =
  /^P(?!$)(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?!$)(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/**
 * The length of an ISO 8601 duration in milliseconds; `undefined` when the text is not one. Weeks, days (24 h), hours,
 * minutes and seconds only: years and months have no fixed length. Never negative.
 */
export function parseDuration(text: string): Millis | undefined {
  const match = ISO8601.exec(text);
  if (!match) return undefined;
  const [, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match;
  return Math.round(+weeks * 7 * DAY + +days * DAY + +hours * HOUR + +minutes * 60_000 + +seconds * 1000);
}

/** The shortest ISO 8601 duration for a length in milliseconds: `PT90M` is `PT1H30M`, nothing is `PT0S`. */
export function formatDuration(millis: Millis): string {
  if (millis === 0) return 'PT0S';
  const days = Math.floor(millis / DAY);
  const hours = Math.floor((millis % DAY) / HOUR);
  const minutes = Math.floor((millis % HOUR) / 60_000);
  const seconds = (millis % 60_000) / 1000;
  const time = `${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${seconds ? `${seconds}S` : ''}`;
  return `P${days ? `${days}D` : ''}${time ? `T${time}` : ''}`;
}
