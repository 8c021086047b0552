import type { OptimizerProcess } from './optimizer-process.js';
import type { Published } from './published.js';

/** A change in the number of optimizers. */
export interface Change {
  readonly what: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A cell whose plans come from another optimizer than before. */
export interface Takeover {
  readonly cell: string;
  readonly change: Change;
  /** Milliseconds from the change, or the last plan of the optimizer before where that is later, to the first one of the next. */
  readonly ms: number;
}

interface Gain {
  readonly by: OptimizerProcess;
  readonly at: number;
}

const timeOf = ({ time }: Readonly<Record<string, unknown>>): number => Date.parse(time as string);

/** By partition, who gained it last. */
export function ownersOf(optimizers: readonly OptimizerProcess[]): Map<number, Gain> {
  const owners = new Map<number, Gain>();
  for (const by of optimizers)
    for (const line of by.said('partition gained')) {
      const [partition, at] = [line['partition'] as number, timeOf(line)];
      if (at >= (owners.get(partition)?.at ?? 0)) owners.set(partition, { by, at });
    }
  return owners;
}

/** Every time that a cell went from one optimizer to another. */
export function takeoversIn(
  published: ReadonlyMap<string, readonly Published[]>,
  optimizers: readonly OptimizerProcess[],
  changes: readonly Change[],
): Takeover[] {
  const planners = plannersIn(optimizers);
  return [...published].flatMap(([cell, plans]) => {
    const found: Takeover[] = [];
    let owner: OptimizerProcess | undefined;
    for (const [index, { version, at }] of plans.entries()) {
      // One that was killed may not have said that it published.
      const by = planners.get(`${cell} ${version}`) ?? owner;
      const change = changes.findLast((each) => each.at <= at);
      if (owner && by !== owner && change)
        found.push({ cell, change, ms: at - Math.max(change.at, plans[index - 1]!.at) });
      owner = by;
    }
    return found;
  });
}

/** Who has published a version of a cell, by both. */
function plannersIn(optimizers: readonly OptimizerProcess[]): Map<string, OptimizerProcess> {
  const planners = new Map<string, OptimizerProcess>();
  for (const optimizer of optimizers)
    for (const { cell, version, msg } of optimizer.lines)
      if (msg === `plan ${version as number}`) planners.set(`${cell as string} ${version as number}`, optimizer);
  return planners;
}
