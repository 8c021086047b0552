import type { Demand } from '@portolan/domain';

/** Demands sorted by what ways they can take: those with the same start and destination are looked at together. */
export class Demands {
  private readonly groups = new Map<string, Map<number, Demand>>();
  private readonly groupOf: (Map<number, Demand> | undefined)[] = [];

  /** New, or with other terms. */
  put(demand: Demand): void {
    this.remove(demand.index);
    const key = wayOf(demand);
    const group = this.groups.get(key) ?? new Map<number, Demand>();
    this.groups.set(key, group);
    group.set(demand.index, demand);
    this.groupOf[demand.index] = group;
  }

  remove(index: number): void {
    this.groupOf[index]?.delete(index);
    this.groupOf[index] = undefined;
  }

  *alike(): Iterable<readonly Demand[]> {
    for (const [key, group] of this.groups)
      if (group.size > 0) yield [...group.values()];
      else this.groups.delete(key);
  }
}

/** Goods on board a run have it as their start; those for a product may start from several places, each by itself. */
const wayOf = ({ index, from, onBoard, to }: Demand): string =>
  from || onBoard ? `${onBoard ? 'on board ' : ''}${(onBoard?.to ?? from)!.index} ${to.index}` : `product ${index}`;
