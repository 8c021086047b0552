/** One item of a file that was rejected, as the service answers it. */
export interface Refusal {
  readonly index: number;
  readonly pointer: string;
  readonly reason: string;
  readonly value?: unknown;
  /** All that is wrong with the item, when it is more than one thing. */
  readonly errors?: readonly Fault[];
}

export type Fault = Pick<Refusal, 'pointer' | 'reason' | 'value'>;

export interface Taken {
  readonly index: number;
  readonly id: string;
}

/** What became of one message: each item's fate. */
export interface Receipt {
  readonly accepted: readonly Taken[];
  readonly duplicates: readonly Taken[];
  readonly rejected: readonly Refusal[];
}

/** What became of one file, or of a message of it: each item's fate, or why it was not taken as a whole. */
export interface Outcome extends Receipt {
  readonly file: string;
  /** The file, or some of its messages, could not be read at all, with the places of what is wrong. */
  readonly refused?: string;
  /** How many more there are in each list, of a file with very many items. */
  readonly omitted?: Readonly<Record<keyof Receipt, number>>;
}

export const refusedWhole = (file: string, refused: string): Outcome => ({
  file,
  accepted: [],
  duplicates: [],
  rejected: [],
  refused,
});

export const anyRejected = (outcomes: readonly Outcome[]): boolean =>
  outcomes.some(({ rejected, refused }) => rejected.length > 0 || refused !== undefined);

/** Items of each list that are kept of one file, so that memory does not grow with it. */
const LISTED = 10_000;
const REASONS = 20;
const lists = ['accepted', 'duplicates', 'rejected'] as const;

/** Gathers what became of the messages of a file. */
export class Gathering {
  private readonly kept = { accepted: [] as Taken[], duplicates: [] as Taken[], rejected: [] as Refusal[] };
  private readonly omitted = { accepted: 0, duplicates: 0, rejected: 0 };
  private readonly refused: string[] = [];

  constructor(private readonly file: string) {}

  add(outcome: Partial<Receipt> & { readonly refused?: string | undefined }): void {
    for (const list of lists) this.keep(this.kept[list] as unknown[], list, outcome[list] ?? []);
    if (outcome.refused !== undefined && this.refused.length <= REASONS) this.refused.push(outcome.refused);
  }

  outcome(): Outcome {
    const { file, kept, omitted, refused } = this;
    const more = refused.length > REASONS ? ['and so on'] : [];
    return {
      file,
      ...kept,
      ...(lists.some((list) => omitted[list] > 0) && { omitted }),
      ...(refused.length > 0 && { refused: [...refused.slice(0, REASONS), ...more].join('\n') }),
    };
  }

  private keep(kept: unknown[], list: keyof Receipt, more: readonly unknown[]): void {
    const fitting = more.slice(0, LISTED - kept.length);
    for (const each of fitting) kept.push(each);
    this.omitted[list] += more.length - fitting.length;
  }
}
