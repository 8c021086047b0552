import type { EventDraft, Fault, Millis } from '@portolan/domain';

/** What a receiver knows of a message apart from its bytes. */
export interface Reception {
  /** When it came in: what lies absurdly far from it is rejected. */
  readonly received: Millis;
}

/** One item of a message: the events it says, or why it cannot be one. `pointer` (RFC 6901) is its place in the message. */
export type Item = AcceptedItem | RejectedItem;

export interface AcceptedItem {
  readonly index: number;
  readonly pointer: string;
  readonly ok: true;
  readonly events: readonly EventDraft[];
}

export interface RejectedItem {
  readonly index: number;
  readonly pointer: string;
  readonly ok: false;
  /** Never empty. Their pointers start at the message's root, not at the item. */
  readonly faults: readonly Fault[];
}

/** A message read item by item: one wrong item does not keep out the others. */
export interface Read {
  /** Name of the standard, such as `dcsa-tnt-3`. */
  readonly format: string;
  readonly items: readonly Item[];
}

/** A message as a whole is not what it should be: no JSON, no table, nothing known. */
export interface Unreadable {
  readonly unreadable: readonly Fault[];
  readonly because: 'empty' | 'not-text' | 'not-json' | 'not-a-message';
}

export type Reading = Read | Unreadable;

export const unreadable = (message: string, value?: unknown, pointer = ''): Unreadable => ({
  unreadable: [{ pointer, message, ...(value !== undefined && { value }) }],
  because: 'not-a-message',
});

export const accepted = (index: number, pointer: string, ...events: EventDraft[]): AcceptedItem => ({
  index,
  pointer,
  ok: true,
  events,
});

export const rejected = (index: number, pointer: string, faults: readonly Fault[]): RejectedItem => ({
  index,
  pointer,
  ok: false,
  faults,
});

/** `~` and `/` inside a key of a JSON Pointer (RFC 6901, section 3). */
export const pointerKey = (key: string): string =>
  /[~/]/.test(key) ? `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}` : `/${key}`;

/** The keys of a pointer, from the outside in. */
export const keysOf = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));

/** Items of one message: what is longer would keep everything else waiting. */
export const MAX_ITEMS = 100_000;

/** Why a message with that many items, or more, is not read, if it is not. */
export const tooMany = (items: number): Unreadable | undefined =>
  items > MAX_ITEMS
    ? unreadable(`has more than the ${MAX_ITEMS} items a message may have: send it in parts`)
    : undefined;
