import { type Part, partsOf } from '@portolan/formats';
import { CommandFailure } from '../exit.js';
import { NotGzip } from './gunzipped.js';
import { type MessageFile, unreadable } from './message-file.js';

/** A message of a file, as it goes to the service. */
export interface SendPart extends Part {
  /** For people, before what is wrong with the message as a whole: where in the file it begins. Empty for the first. */
  readonly place: string;
}

/** The messages of a file, or why no more of it can be read. */
export async function* messagesOf(
  file: MessageFile,
  options: { readonly format?: string | undefined; readonly bytes?: number },
): AsyncGenerator<SendPart | { readonly refused: string }> {
  try {
    for await (const part of partsOf(file.chunks(), { ...options, contentType: file.contentType })) {
      const { items, lines } = part.before;
      const place = items === 0 ? '' : `from item ${items} (line ${lines + 1}) on: `;
      if ('uncut' in part) return yield { refused: place + part.uncut };
      yield { ...part, place, format: options.format ?? part.format };
    }
  } catch (error) {
    if (error instanceof NotGzip) yield { refused: error.message };
    else throw error instanceof CommandFailure ? error : unreadable(file.file, error as NodeJS.ErrnoException);
  }
}
