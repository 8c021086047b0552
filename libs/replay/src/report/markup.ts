/** Text that can stand in HTML and SVG: what was written by others steers nothing. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

export const whole = (value: number): string => Math.round(value).toLocaleString('en');
/** With its sign, and a real minus. */
export const signed = (value: number): string => {
  const text = whole(Math.abs(value));
  if (text === '0') return '0';
  return value > 0 ? `+${text}` : `−${text}`;
};
/** `5 Mar 06:00` */
export const moment = (instant: string): string => {
  const date = new Date(instant);
  const month = date.toLocaleString('en', { month: 'short', timeZone: 'UTC' });
  return `${date.getUTCDate()} ${month} ${instant.slice(11, 16)}`;
};
