import { NOWHERE, type ReadModel } from '@portolan/store';

/** What the store holds at one moment. */
export interface View {
  /** Position of each partition of the plans. */
  readonly positions: readonly number[];
  readonly shape: number;
  /** Why it must not be shown; absent when it is as this process knows it, or newer. */
  readonly fault?: string;
}

const SHAPE_SCOPE = 'shape';
const FILLED_SCOPE = 'filled';

/**
 * What this process knows of the store, so that it notices when somebody emptied it, or a failover of Redis brought an older state back:
 * nobody is shown less than was there before.
 */
export class StoreWatch {
  /** The furthest position of each partition that was seen in the store. */
  private seen: number[] = [];

  /** @param shape of the documents that this version of the service writes */
  constructor(
    private readonly store: ReadModel,
    private readonly scopeOf: (partition: number) => string,
    private readonly shape: number,
  ) {}

  /** There are this many partitions. Before it is told, the store must not be shown. */
  expect(partitions: number): void {
    this.seen = Array.from({ length: partitions }, (_, partition) => this.seen[partition] ?? NOWHERE);
  }

  async look(): Promise<View> {
    const { seen } = this;
    const scopes = seen.map((_, partition) => this.scopeOf(partition));
    const [shape, filled, ...positions] = await this.store.positions([SHAPE_SCOPE, FILLED_SCOPE, ...scopes]);
    const fault = this.faultOf(shape!, filled!, positions);
    if (fault !== undefined) return { positions, shape: shape!, fault };
    // Not into what began anew meanwhile.
    positions.forEach((position, partition) => (seen[partition] = Math.max(seen[partition]!, position)));
    return { positions, shape: shape! };
  }

  /** The store has got there. */
  note(partition: number, position: number): void {
    this.seen[partition] = Math.max(this.seen[partition] ?? NOWHERE, position);
  }

  /** Makes the store an empty one of our shape. It is not to be shown before `filled`. */
  async begin(): Promise<void> {
    this.forget();
    await this.store.clear();
    await this.store.apply({ scope: SHAPE_SCOPE, position: this.shape, puts: [], deletes: [] });
  }

  /** The store holds all that the log has: more than that is not missed. */
  async filled(): Promise<void> {
    await this.store.apply({ scope: FILLED_SCOPE, position: 1, puts: [], deletes: [] });
    this.forget();
  }

  private forget(): void {
    this.seen = this.seen.map(() => NOWHERE);
  }

  private faultOf(shape: number, filled: number, positions: readonly number[]): string | undefined {
    if (this.seen.length === 0) return 'is reading the plans of the log';
    if (shape === NOWHERE) return 'the store is empty, and is filled from the log';
    if (shape !== this.shape) return 'the store is used by another version of this service';
    if (filled === NOWHERE) return 'the store is being filled from the log';
    if (positions.some((position, partition) => position < this.seen[partition]!))
      return 'the store has lost its newest plans, and gets them from the log again';
    return undefined;
  }
}
