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

/** What became of one file: each item's fate, or why the file as a whole was not taken. */
export interface Outcome {
  readonly file: string;
  readonly accepted: readonly Taken[];
  readonly duplicates: readonly Taken[];
  readonly rejected: readonly Refusal[];
  /** The file could not be read at all, with the places of what is wrong. */
  readonly refused?: string;
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
