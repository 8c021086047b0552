import type { Database } from 'lmdb';

/** More kinds of records than this are not kept apart: they have all of their headers with them. */
const MOST = 1000;

/** Headers that have few values, where these are plain words: records with another value are of another kind. */
const FEW = new Set(['content-type', 'ce_specversion', 'ce_type']);
const PLAIN = /^[\w./+-]{1,80}$/;

type Headers = Readonly<Record<string, string>>;

/** A header's name, and its value where all records of a kind have the same. */
type Header = readonly [name: string, value: string | null];

/** Records with the same headers. */
export interface Kind {
  /** Headers whose values are in each record. */
  readonly varying: readonly string[];
  /** All headers in their order; those that vary are empty. */
  readonly headers: Headers;
}

/**
 * Lists of headers, each under a number: records of one kind have the same, and to read them from each would take as long as all the rest of
 * it.
 */
export class RecordKinds {
  private readonly kinds: Kind[] = [];
  private readonly numbers = new Map<string, number>();

  constructor(
    private readonly database: Database<readonly Header[], number>,
    /** Carries out a durable write at once. */
    private readonly durably: (write: () => void) => void,
  ) {
    for (const { key, value } of database.getRange()) this.keep(key, value);
  }

  /** The number of their list, from now on if it had none; `undefined` where there are too many. Throws as writes do. */
  numberOf(headers: Headers): number | undefined {
    const list = Object.entries(headers).map(([name, value]): Header => [name, isOfKind(name, value) ? value : null]);
    const known = this.numbers.get(JSON.stringify(list));
    if (known !== undefined || this.kinds.length >= MOST) return known;
    const number = this.kinds.length;
    this.durably(() => this.database.putSync(number, list));
    this.keep(number, list);
    return number;
  }

  under(number: number): Kind {
    return this.kinds[number]!;
  }

  private keep(number: number, list: readonly Header[]): void {
    const varying = list.filter(([, value]) => value === null).map(([name]) => name);
    this.kinds[number] = { varying, headers: Object.fromEntries(list.map(([name, value]) => [name, value ?? ''])) };
    this.numbers.set(JSON.stringify(list), number);
  }
}

const isOfKind = (name: string, value: string): boolean => FEW.has(name) && PLAIN.test(value);
