import type { PortolanEvent } from '@portolan/domain';
import { partitionOf } from '@portolan/streams';
import { syntheticHinterland } from '@portolan/synthetic';

/** A planning cell with a partition of its own, and what happens in it. */
export interface CellStory {
  readonly cell: string;
  readonly partition: number;
  /** What leads to its problem, and what happens then. */
  readonly opening: readonly PortolanEvent[];
  readonly events: readonly PortolanEvent[];
}

/** As many cells as there are partitions, each a hinterland of its own. */
export function storiesOf(partitions: number, shipments: number): CellStory[] {
  return Array.from({ length: partitions }, (_, partition) => {
    const cell = nameIn(partition, partitions);
    const all = [...syntheticHinterland({ shipments, seed: partition + 1 }).events()];
    const own = all.map((event): PortolanEvent => ({ ...event, partitionkey: cell }));
    const begun = own.findIndex(({ type }) => type === 'org.portolan.clock.ticked') + 1;
    return { cell, partition, opening: own.slice(0, begun), events: own.slice(begun) };
  });
}

/** A name that belongs to a partition. */
function nameIn(partition: number, partitions: number): string {
  for (let number = 1; ; number++) if (partitionOf(`cell-${number}`, partitions) === partition) return `cell-${number}`;
}
