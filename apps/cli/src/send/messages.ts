import { type Mapping, type Part, partsOf } from '@portolan/formats';
import { NotGzip } from './gunzipped.js';
import { type MessageFile, failureOf } from './message-file.js';

/** How files are read and cut. */
export interface Reading {
  readonly format?: string | undefined;
  /** By which tables are read. */
  readonly mapping?: Mapping | undefined;
  /** Bytes at which a message is large enough. */
  readonly bytes?: number | undefined;
}

/** A message of a file, as it goes to the service. */
export interface SendPart extends Part {
  /** For people, before what is wrong with the message as a whole: where in the file it begins. Empty for the first. */
  readonly place: string;
}

/** The messages of a file, or why no more of it can be read. */
export async function* messagesOf(
  file: MessageFile,
  reading: Reading,
): AsyncGenerator<SendPart | { readonly refused: string }> {
  try {
    for await (const part of partsOf(file.chunks(), { ...reading, contentType: file.contentType })) {
      const { items, lines } = part.before;
      const place = items === 0 ? '' : `from item ${items} (line ${lines + 1}) on: `;
      if ('uncut' in part) return yield { refused: place + part.uncut };
      yield { ...part, place, format: reading.format ?? part.format };
    }
  } catch (error) {
    if (error instanceof NotGzip) yield { refused: error.message };
    else throw failureOf(file.file, error);
  }
}
