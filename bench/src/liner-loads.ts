import type { ProblemDocument } from '@portolan/domain';

interface Voyage {
  readonly service: number;
  readonly from: string;
  readonly to: string;
  readonly capacity: number;
}

/** Staying on board costs nothing in the problem; here a little, so that goods take short ways. */
const STAY = 1;
const TRANSFER = 100;

/**
 * How full each voyage of a static network would be if every demand took the way with the fewest transfers, whatever room there is: load over
 * capacity. A simple router, so that networks can be made without the planner that they are to measure.
 */
export function unlimitedLoads({ services, demands }: Pick<ProblemDocument, 'services' | 'demands'>): number[] {
  const voyages = services.flatMap(({ rotation = [], capacity = 0 }, service) =>
    rotation.map((from, call): Voyage => ({ service, from, to: rotation[(call + 1) % rotation.length]!, capacity })),
  );
  const loads = voyages.map(() => 0);
  const byOrigin = grouped(demands, ({ from }) => from!);
  for (const [origin, goods] of byOrigin) {
    const cameBy = ways(voyages, origin);
    for (const { to, quantity } of goods)
      for (let at = cameBy.last.get(to); at !== undefined; at = cameBy.before[at]) loads[at]! += quantity;
  }
  return loads.map((load, at) => load / voyages[at]!.capacity);
}

/** The best last voyage to each place from an origin, and the one before each voyage: Bellman and Ford, in rounds until nothing is cheaper. */
function ways(voyages: readonly Voyage[], origin: string) {
  const cost = voyages.map(({ from }) => (from === origin ? STAY : Infinity));
  const before: (number | undefined)[] = voyages.map(() => undefined);
  const leaving = grouped([...voyages.keys()], (at) => voyages[at]!.from);
  const queue = [...voyages.keys()].filter((at) => cost[at]! < Infinity);
  for (const at of queue)
    for (const next of leaving.get(voyages[at]!.to) ?? []) {
      const reached = cost[at]! + (voyages[next]!.service === voyages[at]!.service ? STAY : TRANSFER);
      if (reached >= cost[next]!) continue;
      [cost[next], before[next]] = [reached, at];
      queue.push(next);
    }
  const last = new Map<string, number>();
  for (const [at, { to }] of voyages.entries())
    if (cost[at]! < (cost[last.get(to) ?? -1] ?? Infinity)) last.set(to, at);
  return { last, before };
}

function grouped<T>(list: readonly T[], keyOf: (each: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of list) {
    const group = groups.get(keyOf(each));
    if (group) group.push(each);
    else groups.set(keyOf(each), [each]);
  }
  return groups;
}
