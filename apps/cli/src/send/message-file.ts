import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CommandFailure, exitCodes } from '../exit.js';

/** A file to send, as HTTP will carry it. */
export interface MessageFile {
  readonly file: string;
  readonly body: Uint8Array;
  readonly contentType?: string;
  readonly gzip: boolean;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.jsonl': 'application/x-ndjson',
  '.ndjson': 'application/x-ndjson',
  '.csv': 'text/csv',
  '.tsv': 'text/tab-separated-values',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Reads a file, or standard input for `-`. A file that ends in `.gz` goes as it is. */
export async function messageFile(file: string): Promise<MessageFile> {
  const gzip = file.endsWith('.gz');
  const contentType = contentTypes[extname(gzip ? file.slice(0, -3) : file).toLowerCase()];
  return { file, body: await bytesOf(file), gzip, ...(contentType !== undefined && { contentType }) };
}

/** The most that a service takes, unpacked. */
export const LARGEST = 256_000_000;

/** What gzip has packed; `undefined` where it is none, or unpacks to more than `LARGEST` bytes. */
export function gunzipped(body: Uint8Array): Uint8Array | undefined {
  try {
    return gunzipSync(body, { maxOutputLength: LARGEST });
  } catch {
    return undefined;
  }
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return file === '-' ? await standardInput() : await readFile(file);
  } catch (error) {
    throw new CommandFailure(exitCodes.wrongUse, `cannot read ${file}: ${whyNot(error as NodeJS.ErrnoException)}`);
  }
}

async function standardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function whyNot({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'there is no such file';
  return code === 'EISDIR' ? 'it is a folder; name the files in it' : message;
}
