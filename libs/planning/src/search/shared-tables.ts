/** What a table of bounds holds when it has just been made. Never changed: who mends it has a copy. */
export interface MadeTable {
  readonly cost: Float64Array;
  readonly arrival: Float64Array;
  readonly costAfter: readonly Float64Array[];
  readonly arrivalAfter: Float64Array;
  readonly direct: Float64Array;
}

/** Tables of one network, by the index of their destination. */
interface Network {
  readonly facts: Float64Array;
  readonly tables: Map<number, MadeTable>;
}

/** Bytes that all tables may take. When they are full, those that are there stay: who comes later asks in the same order. */
const MOST_BYTES = 256 * 2 ** 20;

/**
 * Tables of bounds that several plans in one thread need, which go on from one snapshot and see nearly the same networks. A table follows
 * from the numbers of its network alone, so it is the same whoever has made it.
 */
export class SharedTables {
  private readonly networks: Network[] = [];
  private bytes = 0;
  /** Tables that were not made again. */
  hits = 0;

  /** @param facts every number that a table of the network follows from, in one order */
  of(facts: Float64Array): TablesOfNetwork {
    let network = this.networks.find((known) => isSame(known.facts, facts));
    if (!network) this.networks.push((network = { facts, tables: new Map() }));
    const { tables } = network;
    return {
      get: (destination) => {
        const found = tables.get(destination);
        if (found) this.hits++;
        return found;
      },
      put: (destination, make) => {
        if (this.bytes >= MOST_BYTES) return;
        const table = make();
        tables.set(destination, table);
        this.bytes += bytesOf(table);
      },
    };
  }
}

export interface TablesOfNetwork {
  get(destination: number): MadeTable | undefined;
  /** @param make gives a copy that nobody changes; asked where there is room for it */
  put(destination: number, make: () => MadeTable): void;
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

const bytesOf = ({ cost, arrival, costAfter, arrivalAfter }: MadeTable): number =>
  8 * (cost.length + arrival.length + arrivalAfter.length * (1 + costAfter.length));

export const copyOf = ({ cost, arrival, costAfter, arrivalAfter, direct }: MadeTable): MadeTable => ({
  cost: cost.slice(),
  arrival: arrival.slice(),
  costAfter: costAfter.map((each) => each.slice()),
  arrivalAfter: arrivalAfter.slice(),
  direct: direct.slice(),
});
