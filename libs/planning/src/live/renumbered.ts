import { type Problem, keyOfLeg } from '@portolan/domain';
import { type Resources, termsOf } from '../columns.js';

/** What numbers stand for, by number; empty where there is nothing. */
export interface Numbering {
  readonly legs: readonly string[];
  readonly supplies: readonly string[];
  readonly demands: readonly string[];
}

export function numberingOf(problem: Problem): Numbering {
  return {
    legs: Array.from(termsOf(problem), (term) => (term ? keyOfLeg(term) : '')),
    supplies: Array.from(problem.supplies, (supply) => supply?.id ?? ''),
    demands: Array.from(problem.demands, (demand) => demand?.id ?? ''),
  };
}

/** Numbers of the same things in another problem; nothing for those it has not. */
export class Renumbered {
  private readonly legs: Int32Array;
  private readonly supplies: Int32Array;
  private readonly demands: Int32Array;

  constructor(
    { legs, supplies, demands }: Numbering,
    problem: Problem,
    private readonly resources: Resources,
  ) {
    const byKey = new Map<string, number>();
    for (const term of termsOf(problem)) if (term) byKey.set(keyOfLeg(term), term.index);
    this.legs = Int32Array.from(legs, (key) => byKey.get(key) ?? -1);
    this.supplies = Int32Array.from(supplies, (id) => problem.supplyById.get(id)?.index ?? -1);
    this.demands = Int32Array.from(demands, (id) => problem.demandById.get(id)?.index ?? -1);
  }

  leg(before: number): number {
    return this.legs[before]!;
  }

  supply(before: number): number {
    return this.supplies[before]!;
  }

  demand(before: number): number {
    return this.demands[before]!;
  }

  resource(before: number): number | undefined {
    const { resources } = this;
    const thing = resources.thing(before);
    const now = resources.isSupply(before) ? this.supply(thing) : this.leg(thing);
    if (now < 0) return undefined;
    if (resources.isSupply(before)) return resources.supply(now);
    return resources.isPlugs(before) ? resources.plugs(now) : resources.capacity(now);
  }
}
