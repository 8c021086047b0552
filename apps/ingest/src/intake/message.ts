import type { Millis } from '@portolan/domain';
import { type Headers, type Reading, isBinary, readBinaryCloudEvent, readMessage, textOf } from '@portolan/formats';

/** A message as it came in, its content encoding undone. */
export interface Incoming {
  readonly body: Uint8Array;
  /** Lower-case names. */
  readonly headers: Headers;
  /** A standard's name, when the sender gives one. */
  readonly format?: string | undefined;
  readonly cell: string;
}

/** Reads a message that came in at some moment: the adapters as they are today. Never throws on input. */
export type ReadIncoming = (message: Incoming, received: Millis) => Reading;

export const readIncoming: ReadIncoming = ({ body, headers, format }, received) => {
  if (format === undefined && isBinary(headers)) {
    const text = textOf(body);
    return text.ok
      ? readBinaryCloudEvent(headers, text.value, { received })
      : { unreadable: text.faults, because: 'not-text' };
  }
  return readMessage({ body, format, contentType: headerText(headers['content-type']) }, { received });
};

export const headerText = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'object' ? value.join(', ') : value;
