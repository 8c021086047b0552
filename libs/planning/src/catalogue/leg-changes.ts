import type { Leg, Problem } from '@portolan/domain';
import { goesAsBefore } from '../live/live-problem.js';

/** Tells whether legs that have changed now just cost something else, or take goods elsewhere or at another time. */
export class LegChanges {
  private readonly seen: (Leg | undefined)[] = [];
  /** By leg: by how much it is dearer (or cheaper, below 0) since the last look, if nothing else has changed. */
  readonly dearer = new Map<number, number>();

  constructor(private readonly problem: Problem) {
    for (const { index } of problem.legByKey.values()) this.note(index);
  }

  /** These legs are new, other ones, or gone. */
  look(legs: Iterable<number>): void {
    this.dearer.clear();
    for (const leg of legs) this.note(leg);
  }

  private note(index: number): void {
    const before = this.seen[index];
    const leg = this.problem.legs[index];
    // Legs are changed in place.
    const now = leg && { ...leg };
    this.seen[index] = now;
    if (before && now && goesAsBefore(before, now))
      this.dearer.set(index, now.cost - before.cost + (now.co2eKg - before.co2eKg) * this.problem.co2Price);
  }
}
