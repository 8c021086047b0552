import type { Sniffed } from './sniff.js';

/** Which date format columns are written in, when their cells allow of several. */
export interface DateChoice {
  readonly format?: string | undefined;
  /** Day and month could be the other way round. */
  readonly ambiguous: boolean;
}

const order = (format: string): 'day' | 'month' | 'year' =>
  /^M+[/-]/.test(format) ? 'month' : /^y/.test(format) ? 'year' : 'day';

/** For each column its format: an order of day and month that one column proves holds for the others. */
export function dateChoices(columns: readonly Sniffed[]): ReadonlyMap<Sniffed, DateChoice> {
  const dated = columns.filter(({ dates }) => dates.length > 0);
  const proved = dated
    .map(({ dates }) => new Set(dates.map(order)))
    .filter((orders) => orders.size === 1)
    .map((orders) => [...orders][0]!);
  const proof = proved.find((each) => each !== 'year');
  return new Map(dated.map((column) => [column, choiceOf(column, proof)]));
}

function choiceOf({ dates }: Sniffed, proof: string | undefined): DateChoice {
  const orders = new Set(dates.map(order));
  const format = dates.find((each) => order(each) === proof) ?? dates[0];
  return {
    format,
    ambiguous: orders.has('day') && orders.has('month') && !(proof !== undefined && orders.has(proof as 'day')),
  };
}
