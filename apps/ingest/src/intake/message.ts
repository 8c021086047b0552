import type { Millis } from '@portolan/domain';
import {
  type Headers,
  type Mapping,
  type MappingChoice,
  type Reading,
  isBinary,
  mappingFor,
  readBinaryCloudEvent,
  readMessage,
  textOf,
} from '@portolan/formats';

/** A message as it came in, its content encoding undone. */
export interface Incoming {
  readonly body: Uint8Array;
  /** Lower-case names. */
  readonly headers: Headers;
  /** A standard's or a mapping's name, when the sender gives one. */
  readonly format?: string | undefined;
  /** How the table is to be read, when the sender says so. */
  readonly mapping?: Mapping | undefined;
  readonly cell: string;
  /** Id of the request it came with, for the service's log. */
  readonly request?: string | undefined;
}

/** Reads a message that came in at some moment, by its mapping where it has one: the adapters as they are today. Never throws on input. */
export type ReadIncoming = (message: Incoming, received: Millis) => Reading;

/** How messages are read: by which mappings, and by what. */
export interface ReadingWays {
  /** By which tables are read: named as the format, or because a table has their columns. Default none. */
  readonly mappings?: readonly Mapping[];
  /** Default: the adapters of `libs/formats`. */
  readonly read?: ReadIncoming;
}

export const readIncoming: ReadIncoming = ({ body, headers, format, mapping }, received) => {
  if (format === undefined && !mapping && isBinary(headers)) {
    const text = textOf(body);
    return text.ok
      ? readBinaryCloudEvent(headers, text.value, { received })
      : { unreadable: text.faults, because: 'not-text' };
  }
  return readMessage({ body, format, mapping, contentType: headerText(headers['content-type']) }, { received });
};

/** Where an adapter fails on a message, the message is unreadable: it is kept, and read again once the adapter is mended. */
export const unfailing =
  (read: ReadIncoming): ReadIncoming =>
  (message, received) => {
    try {
      return read(message, received);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const fault = { pointer: '', message: `could not be read, since the adapter failed: ${why.slice(0, 300)}` };
      return { unreadable: [fault], because: 'not-a-message' };
    }
  };

/** The mapping of a message: its sender's, or of those there are the one it names, or whose columns it has. Events are not looked at. */
export function mappingOf({ body, headers, format, mapping }: Incoming, mappings: readonly Mapping[]): MappingChoice {
  if (mapping) return { mapping };
  if (mappings.length === 0 || isBinary(headers)) return {};
  return mappingFor({ body, format, contentType: headerText(headers['content-type']), mappings });
}

export const headerText = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'object' ? value.join(', ') : value;
