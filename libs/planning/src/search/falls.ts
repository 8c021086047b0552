import type { Demand, Leg } from '@portolan/domain';

/** Legs that have become cheaper, and by how much per unit; Infinity where all about them may be another. */
export class Falls {
  private readonly dry = new Map<number, number>();
  private readonly cooled = new Map<number, number>();

  /** A leg that may be cheaper by whatever amount, or new. */
  anew(leg: number): void {
    this.dry.set(leg, Infinity);
    this.cooled.set(leg, Infinity);
  }

  /** @param amount below 0 where it has become dearer */
  fell(leg: number, amount: number, onlyCooled: boolean): void {
    if (!onlyCooled) this.dry.set(leg, (this.dry.get(leg) ?? 0) + amount);
    this.cooled.set(leg, (this.cooled.get(leg) ?? 0) + amount);
  }

  /** Those that are cheaper for somebody. */
  get legs(): number[] {
    return [...this.cooled.keys()].filter((leg) => this.cooled.get(leg)! > 0 || (this.dry.get(leg) ?? 0) > 0);
  }

  of({ index }: Leg, { reefer }: Pick<Demand, 'reefer'>): number {
    return Math.max(0, (reefer ? this.cooled : this.dry).get(index) ?? 0);
  }

  /** For reefers or others, whichever fell more. */
  most({ index }: Leg): number {
    return Math.max(0, this.dry.get(index) ?? 0, this.cooled.get(index) ?? 0);
  }
}

/** Of more legs their order in time is not looked at. */
const MANY = 40;

/**
 * The most by which an itinerary over some of these legs can have become cheaper: one cannot ride two legs at a time.
 * @param fallOf by how much a leg fell
 */
export function mostAlong(legs: readonly Leg[], fallOf: (leg: Leg) => number, maxLegs: number): number {
  let anytime = 0;
  const timed: { readonly departs: number; readonly arrives: number; readonly fall: number; best: number }[] = [];
  for (const leg of legs) {
    const fall = fallOf(leg);
    if (fall === Infinity) return Infinity;
    if (leg.kind === 'on-demand') anytime += fall * maxLegs;
    else if (fall > 0) timed.push({ departs: leg.departs, arrives: leg.arrives, fall, best: fall });
  }
  if (timed.length > MANY) {
    const falls = timed.map(({ fall }) => fall).sort((a, b) => b - a);
    return falls.slice(0, maxLegs).reduce((sum, fall) => sum + fall, anytime);
  }
  timed.sort((a, b) => a.departs - b.departs);
  let most = 0;
  timed.forEach((leg, at) => {
    for (let before = 0; before < at; before++)
      if (timed[before]!.arrives <= leg.departs) leg.best = Math.max(leg.best, timed[before]!.best + leg.fall);
    most = Math.max(most, leg.best);
  });
  return most + anytime;
}
