import type { Fault } from '@portolan/domain';

/** What became of one event of a message; an item may have said more than one. */
export interface Taken {
  readonly index: number;
  /** The event's id in the log. */
  readonly id: string;
}

export interface Refused {
  readonly index: number;
  /** Where in the message (RFC 6901). */
  readonly pointer: string;
  readonly reason: string;
  readonly value?: unknown;
  /** All that is wrong with the item, when it is more than one thing. */
  readonly errors?: readonly { readonly pointer: string; readonly reason: string; readonly value?: unknown }[];
}

/** The answer to a message that could be read: each of its items is in one of the lists. */
export interface Receipt {
  readonly accepted: readonly Taken[];
  /** In the log already, from this message or an earlier one. */
  readonly duplicates: readonly Taken[];
  readonly rejected: readonly Refused[];
}

const LONGEST_VALUE = 300;

export function refusedItem(index: number, faults: readonly Fault[]): Refused {
  const errors = faults.map(({ pointer, message, value }) => ({
    pointer,
    reason: message,
    ...(value !== undefined && { value: shown(value) }),
  }));
  return { index, ...errors[0]!, ...(errors.length > 1 && { errors }) };
}

/** A value fit to be sent back: as it is when short, else its beginning. */
function shown(value: unknown): unknown {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : value;
}
