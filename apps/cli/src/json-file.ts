import { open, readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { CommandFailure, exitCodes } from './exit.js';

/** The JSON in a file, or on standard input for `-`; a failure names the place of the first fault. */
export async function readJson(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandFailure(
      exitCodes.rejected,
      `${path} is not JSON: ${(error as Error).message}${placeIn(text, error as Error)}`,
    );
  }
}

async function readText(path: string): Promise<string> {
  try {
    if (path !== '-') return await readFile(path, 'utf8');
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** The lines of a file, or of standard input for `-`, one after another. */
export async function linesOf(path: string): Promise<AsyncIterable<string>> {
  if (path === '-') return createInterface({ input: process.stdin });
  try {
    const file = await open(path);
    if ((await file.stat()).isFile()) return file.readLines();
    await file.close();
    throw Object.assign(new Error('it is not a file'), { code: 'EISDIR' });
  } catch (error) {
    throw unreadable(path, error);
  }
}

/** Why a file cannot be read, for people. */
export function unreadable(path: string, error: unknown): CommandFailure {
  const { code } = error as NodeJS.ErrnoException;
  const why =
    code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : (error as Error).message;
  return new CommandFailure(exitCodes.wrongUse, `cannot read ${path}: ${why}`);
}

function placeIn(text: string, error: Error): string {
  const at = /position (\d+)/.exec(error.message)?.[1];
  if (at === undefined) return '';
  const before = text.slice(0, Number(at)).split('\n');
  return ` (line ${before.length}, column ${before.at(-1)!.length + 1})`;
}
