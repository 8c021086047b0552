import type { Found } from './timed-search.js';

/** Searches for one demand, at most: with many voyages on its ways there are many to avoid. */
const MOST_SEARCHES = 40;

/** The cheapest way below a bound without some voyages. */
export type Search = (barred: ReadonlySet<number>, bound: number) => Found | undefined;

interface Way {
  readonly found: Found;
  /** What it was found without. */
  readonly barred: ReadonlySet<number>;
}

/**
 * The cheapest ways below a bound, cheapest first: each avoids a voyage of every one before it (Lawler's partition, Management Science 18,
 * 1972).
 */
export function waysRound(search: Search, count: number, bound: number): Found[] {
  const tried = new Set<string>();
  const open: Way[] = [];
  const found = new Map<string, Found>();
  const look = (barred: ReadonlySet<number>) => {
    const key = [...barred].sort((a, b) => a - b).join();
    if (tried.has(key) || tried.size === MOST_SEARCHES) return;
    tried.add(key);
    const way = search(barred, bound);
    if (way) open.push({ found: way, barred });
  };
  look(new Set());
  for (let way = takeCheapest(open); way && found.size < count; way = takeCheapest(open)) {
    found.set(way.found.legs.join(), way.found);
    for (const leg of new Set(way.found.legs)) look(new Set([...way.barred, leg]));
  }
  return [...found.values()];
}

function takeCheapest(open: Way[]): Way | undefined {
  const cheapest = open.reduce((best, { found }, at) => (found.total < open[best]!.found.total ? at : best), 0);
  return open.splice(cheapest, 1)[0];
}
