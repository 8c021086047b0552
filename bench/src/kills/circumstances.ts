const DAY = 86_400_000;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** How long a plan took, whether it came back from a snapshot, and the like. */
const STATISTICS = new Set(['statistics', 'resumed']);

/** Shadow prices, and what is told by them. Where an optimum has several sets of prices, a plan changed and one made anew may have others. */
const PRICES = new Set([...STATISTICS, 'prices', 'explanation', 'explanations', 'binding', 'alternatives']);

/**
 * A document as a line of JSON, without what no two runs have in common: times of this machine (receptions; the story plays a year
 * from now, so they cannot be mistaken) and the statistics of plans.
 */
export const withoutCircumstances = (document: unknown): string => lineWithout(STATISTICS, document);

/** The same, also without what is told of prices. */
export const withoutPrices = (document: unknown): string => lineWithout(PRICES, document);

const lineWithout = (names: ReadonlySet<string>, document: unknown): string =>
  `${JSON.stringify(document, (name, value: unknown) =>
    names.has(name) ? undefined : isOfNow(value) ? 'when this machine did it' : value,
  )}\n`;

const isOfNow = (value: unknown): boolean =>
  typeof value === 'string' && INSTANT.test(value) && Math.abs(Date.parse(value) - Date.now()) < DAY;
