import { stat } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { extname } from 'node:path';
import { CommandFailure, exitCodes } from '../exit.js';
import { unreadable } from '../json-file.js';
import { NotGzip, gunzipped } from './gunzipped.js';

/** A file to send, read piece by piece when it is its turn. */
export interface MessageFile {
  readonly file: string;
  readonly contentType?: string;
  readonly gzip: boolean;
  /** Its bytes, unpacked. Throws a `NotGzip` in the middle where it is not what its name says. */
  chunks(): AsyncIterable<Uint8Array>;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.jsonl': 'application/x-ndjson',
  '.ndjson': 'application/x-ndjson',
  '.csv': 'text/csv',
  '.tsv': 'text/tab-separated-values',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

const AT_ONCE = 1024 * 1024;

/** A file, or standard input for `-`; one that ends in `.gz` is unpacked. Fails at once when there is no such file. */
export async function messageFile(file: string): Promise<MessageFile> {
  if (file !== '-') await checkReadable(file);
  const gzip = file.endsWith('.gz');
  const contentType = contentTypes[extname(gzip ? file.slice(0, -3) : file).toLowerCase()];
  const open = () => (file === '-' ? process.stdin : createReadStream(file, { highWaterMark: AT_ONCE }));
  const chunks = () => (gzip ? gunzipped(open()) : (open() as AsyncIterable<Uint8Array>));
  return { file, chunks, gzip, ...(contentType !== undefined && { contentType }) };
}

/** The most that a service takes, unpacked. */
export const LARGEST = 256_000_000;

/** All bytes of a file, unpacked, for what has to look at it as a whole. Fails beyond `LARGEST` bytes. */
export async function bytesOf({ file, chunks }: MessageFile): Promise<Uint8Array> {
  const gathered: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of chunks()) {
      gathered.push(chunk);
      length += chunk.length;
      if (length > LARGEST)
        throw new CommandFailure(exitCodes.rejected, `${file} is too large: it has more than ${LARGEST} bytes`);
    }
  } catch (error) {
    throw failureOf(file, error);
  }
  return Buffer.concat(gathered);
}

/** Why a file could not be read to its end, for people. */
export function failureOf(file: string, error: unknown): CommandFailure {
  if (error instanceof CommandFailure) return error;
  if (error instanceof NotGzip) return new CommandFailure(exitCodes.rejected, `${file} ${error.message}`);
  return unreadable(file, error);
}

async function checkReadable(file: string): Promise<void> {
  try {
    if ((await stat(file)).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
  } catch (error) {
    throw unreadable(file, error);
  }
}
