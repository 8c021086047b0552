import type { Demand } from '@portolan/domain';
import type { Pricing } from '../pricing.js';
import type { Barred, Found } from '../search/timed-search.js';

/** Prices come rounded to 1e-6: what costs this much more costs the same. */
export const SAME = 1e-5;
/** Searches for one demand, at most: with many legs on its ways there are many to avoid. */
const MOST_SEARCHES = 40;
/** Ways are first looked for within this much of the cheapest, relative, then within so many times as much. */
const [NEAR, WIDER] = [0.1, 4];

interface Way {
  readonly found: Found;
  /** What it was found without. */
  readonly barred: Barred;
}

/**
 * The cheapest way of a demand at the prices of `pricing`, then others, cheapest first: each avoids a leg or lot of every one before it
 * (Lawler's partition, Management Science 18, 1972). None but the first costs more than leaving the goods. What lies far off is not
 * looked for before it is its turn: a search takes the longer the more it may cost.
 */
export class WaysRound {
  private readonly open: Way[] = [];
  /** Searches that have found nothing as cheap as `reach`. */
  private postponed: Barred[] = [];
  private readonly tried = new Set<string>();
  private searches = 0;
  private reach = Infinity;
  private step = 0;
  /** Totals of all ways found, by what they are. */
  private readonly known = new Map<string, number>();

  /** @param wanted no more ways than this will be asked for, those that come twice not counted */
  constructor(
    private readonly pricing: Pricing,
    private readonly demand: Demand,
    private readonly wanted: number,
  ) {
    this.look({ legs: new Set(), supplies: new Set() });
    const [cheapest] = this.open;
    if (!cheapest) return;
    this.step = NEAR * Math.max(1, Math.abs(cheapest.found.total));
    this.reach = Math.min(this.most, cheapest.found.total + this.step);
  }

  /** The next way; one may come twice. */
  next(): Found | undefined {
    while (this.open.length === 0 && this.postponed.length > 0) this.lookFurther();
    const way = takeCheapest(this.open);
    if (way) for (const barred of narrower(way)) this.look(barred);
    return way?.found;
  }

  private get most(): number {
    return this.demand.unservedPenalty + SAME;
  }

  private lookFurther(): void {
    const again = this.postponed;
    this.postponed = [];
    this.step *= WIDER;
    this.reach = this.reach + this.step < this.most ? this.reach + this.step : this.most;
    for (const barred of again) this.search(barred);
  }

  private look(barred: Barred): void {
    const key = keyOf(barred);
    if (this.tried.has(key)) return;
    this.tried.add(key);
    this.search(barred);
  }

  private search(barred: Barred): void {
    if (this.searches++ >= MOST_SEARCHES) return;
    const enough = this.enough();
    const found = this.pricing.cheapest(this.demand, Math.min(this.reach, enough), barred);
    if (found) this.note({ found, barred });
    else if (this.reach < Math.min(this.most, enough)) this.postponed.push(barred);
  }

  private note(way: Way): void {
    this.open.push(way);
    const { supply, legs, total } = way.found;
    this.known.set(`${supply}|${legs.join()}`, total);
  }

  /** What costs more is not wanted. */
  private enough(): number {
    if (this.known.size < this.wanted) return Infinity;
    return [...this.known.values()].sort((a, b) => a - b)[this.wanted - 1]! + 2 * SAME;
  }
}

function takeCheapest(open: Way[]): Way | undefined {
  const cheapest = open.reduce((best, { found }, at) => (found.total < open[best]!.found.total ? at : best), 0);
  return open.splice(cheapest, 1)[0];
}

/** The same without one more of its legs, or without its lot. */
function* narrower({ found: { legs, supply }, barred }: Way): Iterable<Barred> {
  for (const leg of new Set(legs)) yield { ...barred, legs: new Set([...barred.legs, leg]) };
  if (supply >= 0) yield { ...barred, supplies: new Set([...barred.supplies, supply]) };
}

const keyOf = ({ legs, supplies }: Barred): string =>
  [legs, supplies].map((each) => [...each].sort((a, b) => a - b).join()).join('|');
