import type { Database } from 'lmdb';

/** More kinds of records than this have their names with them. */
const MOST = 1000;

/**
 * Lists of header names, each under a number: records of one kind have the same, and to read them from each would take as long as all the
 * rest of it.
 */
export class HeaderNames {
  private readonly lists: (readonly string[])[] = [];
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
    if (known !== undefined || this.lists.length >= MOST) return known;
    const number = this.lists.length;
    this.durably(() => this.database.putSync(number, names));
    this.keep(number, names);
    return number;
  }

  under(number: number): readonly string[] {
    return this.lists[number]!;
  }

  private keep(number: number, names: readonly string[]): void {
    this.lists[number] = names;
    this.numbers.set(JSON.stringify(names), number);
  }
}
