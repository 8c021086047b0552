import type { Leg, Place, Problem } from '@portolan/domain';

/** From every place to one destination: the fewest legs, and the least cost of legs and emissions, whatever the times. */
export interface ToGo {
  readonly legs: ReadonlyMap<Place, number>;
  readonly cost: ReadonlyMap<Place, number>;
}

/** Lower bounds for searches, per destination, computed when first asked for. */
export class Distances {
  private readonly inbound = new Map<Place, Map<Place, number>>();
  private readonly byDestination = new Map<Place, ToGo>();

  constructor(problem: Problem) {
    for (const leg of problem.legs) this.note(leg, leg.cost + leg.co2eKg * problem.co2Price);
  }

  to(destination: Place): ToGo {
    let known = this.byDestination.get(destination);
    if (!known) {
      known = { legs: this.relaxed(destination, () => 1), cost: this.relaxed(destination, (cost) => cost) };
      this.byDestination.set(destination, known);
    }
    return known;
  }

  private note({ from, to }: Leg, cost: number): void {
    const sources = this.inbound.get(to) ?? new Map<Place, number>();
    sources.set(from, Math.min(cost, sources.get(from) ?? Infinity));
    this.inbound.set(to, sources);
  }

  /** Label correcting from the destination backwards; places are few. */
  private relaxed(destination: Place, weight: (cost: number) => number): Map<Place, number> {
    const distance = new Map([[destination, 0]]);
    const queue = [destination];
    for (let place = queue.shift(); place; place = queue.shift())
      for (const [from, cost] of this.inbound.get(place) ?? []) {
        const through = distance.get(place)! + weight(cost);
        if (through >= (distance.get(from) ?? Infinity)) continue;
        distance.set(from, through);
        queue.push(from);
      }
    return distance;
  }
}
