import { StringDecoder } from 'node:string_decoder';
import { type MessageFile, failureOf } from '../send/message-file.js';

/** The lines of a file, unpacked, in parts as they are read; empty ones are left out of neither count nor parts. */
export async function* linesIn({ file, chunks }: MessageFile): AsyncGenerator<readonly string[]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  try {
    for await (const chunk of chunks()) {
      const lines = (rest + decoder.write(Buffer.from(chunk))).split('\n');
      rest = lines.pop()!;
      yield lines;
    }
  } catch (error) {
    throw failureOf(file, error);
  }
  if (rest !== '') yield [rest];
}
