import { stat } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { extname } from 'node:path';
import { CommandFailure, exitCodes } from '../exit.js';
import { gunzipped } from './gunzipped.js';

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

async function checkReadable(file: string): Promise<void> {
  try {
    if ((await stat(file)).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
  } catch (error) {
    throw unreadable(file, error as NodeJS.ErrnoException);
  }
}

export const unreadable = (file: string, error: NodeJS.ErrnoException): CommandFailure =>
  new CommandFailure(exitCodes.wrongUse, `cannot read ${file}: ${whyNot(error)}`);

function whyNot({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'there is no such file';
  return code === 'EISDIR' ? 'it is a folder; name the files in it' : message;
}
