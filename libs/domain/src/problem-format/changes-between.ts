import type { PlanChange } from './changes.js';
import type { ProblemCurrent, ProblemDocument } from './document.js';
import { parameterDefaults } from './resolve.js';

/** The changes that make one problem the other; none where they are equal. `format`, `name`, `currency` and `unit` are taken to be the same. */
export function changesBetween(before: ProblemDocument, after: ProblemDocument): PlanChange[] {
  const parameters = isSame(before.parameters, after.parameters)
    ? []
    : [{ change: 'parameters' as const, parameters: { ...parameterDefaults, ...after.parameters } }];
  const locations = differences(before.locations, after.locations);
  const services = differences(before.services, after.services);
  const supplies = differences(before.supplies ?? [], after.supplies ?? []);
  const demands = differences(before.demands, after.demands);
  return [
    ...parameters,
    ...locations.put.map((location) => ({ change: 'location' as const, location })),
    ...services.put.map((service) => ({ change: 'service' as const, service })),
    ...supplies.put.map((supply) => ({ change: 'supply' as const, supply })),
    ...demands.put.map((demand) => ({ change: 'demand' as const, demand })),
    ...demands.gone.map((id) => ({ change: 'demand-removed' as const, id })),
    ...supplies.gone.map((id) => ({ change: 'supply-removed' as const, id })),
    ...services.gone.map((id) => ({ change: 'service-removed' as const, id })),
    ...locations.gone.map((id) => ({ change: 'location-removed' as const, id })),
    ...currentChanges(before, after, new Set(demands.gone)),
  ];
}

function differences<Entry extends { id: string }>(
  before: readonly Entry[],
  after: readonly Entry[],
): { put: Entry[]; gone: string[] } {
  const old = new Map(before.map((entry) => [entry.id, entry]));
  const put = after.filter((entry) => !isSame(old.get(entry.id), entry));
  const there = new Set(after.map(({ id }) => id));
  return { put, gone: before.flatMap(({ id }) => (there.has(id) ? [] : [id])) };
}

type Kept = Omit<ProblemCurrent, 'demand'>;

function currentChanges(before: ProblemDocument, after: ProblemDocument, gone: ReadonlySet<string>): PlanChange[] {
  const [old, now] = [byDemand(before), byDemand(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((demand) => {
    const current = now.get(demand) ?? [];
    // What is in force for a demand goes with it.
    const was = gone.has(demand) ? [] : (old.get(demand) ?? []);
    return isSame(was, current) ? [] : [{ change: 'current' as const, demand, current }];
  });
}

function byDemand({ current = [] }: ProblemDocument): Map<string, Kept[]> {
  const entries = new Map<string, Kept[]>();
  for (const { demand, ...kept } of current) {
    const list = entries.get(demand);
    if (list) list.push(kept);
    else entries.set(demand, [kept]);
  }
  return entries;
}

/** Equality of what JSON can hold; a field that is `undefined` is one that is not there. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [x, y] = [a as Record<string, unknown>, b as Record<string, unknown>];
  for (const key in x) if (!isSame(x[key], y[key])) return false;
  for (const key in y) if (y[key] !== undefined && x[key] === undefined) return false;
  return true;
}
