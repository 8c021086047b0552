import { parseInstant } from '@portolan/domain';
import { CommandFailure, exitCodes } from '../exit.js';
import { membersOf } from '../http.js';
import type { MessageFile } from '../send/message-file.js';
import type { RawMessage } from './raw-messages.js';
import { linesIn } from './text-lines.js';

/** Does a line say when a message was received, and what it was? */
export const isRecorded = (line: string): boolean => {
  const { at, body } = membersOf(line) ?? {};
  return parseInstant(String(at)) !== undefined && body !== undefined;
};

/** Messages with the moments of their reception, one a line: `{at, format, body}`, the body as text or as JSON. */
export async function* recordedIn(file: MessageFile): AsyncGenerator<RawMessage> {
  let line = 0;
  for await (const lines of linesIn(file))
    for (const text of lines) {
      line++;
      if (text.trim() === '') continue;
      if (!isRecorded(text))
        throw new CommandFailure(
          exitCodes.rejected,
          `${file.file}, line ${line} must be {"at": an instant, "format": …, "body": …}`,
        );
      const { at, format, body } = membersOf(text)!;
      yield {
        place: `${file.file}, line ${line}:`,
        received: parseInstant(String(at))!,
        body: typeof body === 'string' ? body : JSON.stringify(body),
        ...(typeof format === 'string' && { format }),
      };
    }
}
