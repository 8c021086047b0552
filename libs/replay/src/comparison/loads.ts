import type { PlanDocument } from '@portolan/domain';
import type { ComparedLoads, LoadPoint } from './document.js';

type LegLoad = PlanDocument['prices']['legs'][number];
type Name = Pick<LegLoad, 'service' | 'leg' | 'resource'>;

/** What plans load on one resource: a point where that changes. */
interface History extends Name {
  readonly points: LoadPoint[];
}

export const keyOfLoad = ({ service, leg, resource }: Name): string => [service, leg ?? '', resource].join('\u0000');

/** What the plans of a run load on each resource, over time. */
export class LoadHistories {
  private readonly histories: Map<string, History>;
  private loaded: ReadonlySet<string>;

  constructor(from?: LoadHistories) {
    this.histories = new Map(
      [...(from?.histories ?? [])].map(([key, history]) => [key, { ...history, points: [...history.points] }]),
    );
    this.loaded = from?.loaded ?? new Set();
  }

  get all(): ReadonlyMap<string, History> {
    return this.histories;
  }

  /** A plan lists what it uses, and what is full at a price; nothing goes over the others any more. */
  add(now: string, legs: readonly LegLoad[]): void {
    const loaded = new Set<string>();
    for (const leg of legs) {
      const key = keyOfLoad(leg);
      loaded.add(key);
      note(this.historyOf(key, leg).points, now, leg);
    }
    for (const key of this.loaded)
      if (!loaded.has(key)) {
        const { points } = this.histories.get(key)!;
        note(points, now, { used: 0, capacity: points.at(-1)!.capacity, shadowPrice: 0 });
      }
    this.loaded = loaded;
  }

  private historyOf(key: string, { service, leg, resource }: Name): History {
    const known = this.histories.get(key);
    if (known) return known;
    const history = { service, ...(leg !== undefined && { leg }), resource, points: [] };
    this.histories.set(key, history);
    return history;
  }
}

/** Of several plans at one moment the last counts. */
function note(points: LoadPoint[], now: string, { used, capacity, shadowPrice }: Omit<LoadPoint, 'now'>): void {
  if (points.at(-1)?.now === now) points.pop();
  const last = points.at(-1);
  if (last?.used === used && last.capacity === capacity && last.shadowPrice === shadowPrice) return;
  points.push({ now, used, capacity, shadowPrice });
}

/** Resources that are loaded otherwise at some moment, the greatest difference first. */
export function loadsThatDiffer(baseline: LoadHistories, variant: LoadHistories, most: number): ComparedLoads[] {
  return [...new Set([...baseline.all.keys(), ...variant.all.keys()])]
    .map((key) => {
      const [before, after] = [baseline.all.get(key), variant.all.get(key)];
      const [a, b] = [before?.points ?? [], after?.points ?? []];
      return { key, name: (after ?? before)!, a, b, shift: greatestShift(a, b) };
    })
    .filter(({ shift }) => shift > 0)
    .sort((one, other) => other.shift - one.shift || (one.key < other.key ? -1 : 1))
    .slice(0, most)
    .map(({ name: { service, leg, resource }, a, b }) => ({
      service,
      ...(leg !== undefined && { leg }),
      resource,
      baseline: [...a],
      variant: [...b],
    }));
}

function greatestShift(a: readonly LoadPoint[], b: readonly LoadPoint[]): number {
  let [i, j, greatest] = [0, 0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i]?.now ?? '~', b[j]?.now ?? '~'];
    if (left <= right) i++;
    if (right <= left) j++;
    greatest = Math.max(greatest, Math.abs((a[i - 1]?.used ?? 0) - (b[j - 1]?.used ?? 0)));
  }
  return greatest;
}
