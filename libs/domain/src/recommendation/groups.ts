import type { Assignment } from '../events/decision.js';
import { TRACE, type Shift, stepKey } from './assignments.js';

/** What goods use up: a leg's capacity or plugs, or a lot. */
export type ResourceKey = `leg:${string}` | `plugs:${string}` | `lot:${string}`;

export interface Shifting {
  readonly shipment: string;
  readonly reefer: boolean;
  readonly shift: Shift;
}

/** What one unit on this itinerary uses of each resource; an on-demand leg used twice counts twice. */
export function resourcesOf(
  { supply, itinerary }: Pick<Assignment, 'supply' | 'itinerary'>,
  reefer: boolean,
): ResourceKey[] {
  const legs = itinerary.map((step) => `leg:${stepKey(step)}` as const);
  const plugs = reefer ? itinerary.map((step) => `plugs:${stepKey(step)}` as const) : [];
  return [...legs, ...plugs, ...(supply === undefined ? [] : [`lot:${supply}` as const])];
}

/** Adds what `assignments` use to `use`, times `sign`. */
export function addUse(
  use: Map<ResourceKey, number>,
  assignments: readonly Assignment[],
  reefer: boolean,
  sign: 1 | -1 = 1,
): void {
  for (const { supply, itinerary, quantity } of assignments) {
    const add = (resource: ResourceKey) => use.set(resource, (use.get(resource) ?? 0) + sign * quantity);
    for (const step of itinerary) {
      const key = stepKey(step);
      add(`leg:${key}`);
      if (reefer) add(`plugs:${key}`);
    }
    if (supply !== undefined) add(`lot:${supply}`);
  }
}

/**
 * Changes that need each other belong together: where what is free of a resource, with the itineraries in force, is not
 * enough for those that would take it, they depend on those that would free it.
 * @param use what the itineraries in force use of each resource
 * @param capacity of each resource; one that is not in the map has no limit
 * @returns groups of shipments, each in the order given
 */
export function groupByNeed(
  changes: readonly Shifting[],
  use: ReadonlyMap<ResourceKey, number>,
  capacity: ReadonlyMap<ResourceKey, number>,
): Shifting[][] {
  const flows = new Map<ResourceKey, Map<number, number>>();
  changes.forEach(({ shift, reefer }, index) => {
    const net = new Map<ResourceKey, number>();
    addUse(net, shift.added, reefer);
    addUse(net, shift.removed, reefer, -1);
    for (const [resource, quantity] of net) {
      if (Math.abs(quantity) <= TRACE) continue;
      if (!flows.has(resource)) flows.set(resource, new Map());
      flows.get(resource)!.set(index, quantity);
    }
  });
  const groups = new DisjointSets(changes.length);
  for (const [resource, byChange] of flows) {
    const taken = [...byChange.values()].reduce((sum, quantity) => sum + Math.max(0, quantity), 0);
    const free = (capacity.get(resource) ?? Infinity) - (use.get(resource) ?? 0);
    const freed = [...byChange.values()].some((quantity) => quantity < 0);
    if (freed && taken > Math.max(0, free) + TRACE) groups.joinAll([...byChange.keys()]);
  }
  return groups.members().map((group) => group.map((index) => changes[index]!));
}

class DisjointSets {
  private readonly parent: number[];

  constructor(size: number) {
    this.parent = Array.from({ length: size }, (_, index) => index);
  }

  joinAll(members: readonly number[]): void {
    for (const member of members.slice(1)) this.parent[this.root(member)] = this.root(members[0]!);
  }

  members(): number[][] {
    const groups = new Map<number, number[]>();
    this.parent.forEach((_, member) => {
      const root = this.root(member);
      groups.set(root, [...(groups.get(root) ?? []), member]);
    });
    return [...groups.values()];
  }

  private root(member: number): number {
    let root = member;
    while (this.parent[root] !== root) root = this.parent[root]!;
    return root;
  }
}
