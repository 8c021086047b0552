const DAY = 86_400_000;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/**
 * A document as a line of JSON, without what no two runs have in common: times of this machine (receptions; the story plays a year
 * from now, so they cannot be mistaken) and the statistics of plans, such as how long they took.
 */
export const withoutCircumstances = (document: unknown): string =>
  `${JSON.stringify(document, (name, value: unknown) =>
    name === 'statistics' ? undefined : isOfNow(value) ? 'when this machine did it' : value,
  )}\n`;

const isOfNow = (value: unknown): boolean =>
  typeof value === 'string' && INSTANT.test(value) && Math.abs(Date.parse(value) - Date.now()) < DAY;
