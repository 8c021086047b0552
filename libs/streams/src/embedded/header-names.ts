import type { Database } from 'lmdb';

/** More kinds of records than this have their names with them. */
const MOST = 1000;

/** Records with the same headers. */
export interface Kind {
  readonly names: readonly string[];
  /** Of the record that was read last. */
  last: Readonly<Record<string, string>>;
}

/**
 * Lists of header names, each under a number: records of one kind have the same, and to read them from each would take as long as all the
 * rest of it.
 */
export class HeaderNames {
  private readonly kinds: Kind[] = [];
  private readonly numbers = new Map<string, number>();

  constructor(
    private readonly database: Database<readonly string[], number>,
    /** Carries out a durable write at once. */
    private readonly durably: (write: () => void) => void,
  ) {
    for (const { key, value } of database.getRange()) this.keep(key, value);
  }

  /** The number of a list, from now on if it had none; `undefined` where there are too many. Throws as writes do. */
  numberOf(names: readonly string[]): number | undefined {
    const text = JSON.stringify(names);
    const known = this.numbers.get(text);
    if (known !== undefined || this.kinds.length >= MOST) return known;
    const number = this.kinds.length;
    this.durably(() => this.database.putSync(number, names));
    this.keep(number, names);
    return number;
  }

  under(number: number): Kind {
    return this.kinds[number]!;
  }

  private keep(number: number, names: readonly string[]): void {
    this.kinds[number] = { names, last: Object.fromEntries(names.map((name) => [name, ''])) };
    this.numbers.set(JSON.stringify(names), number);
  }
}
