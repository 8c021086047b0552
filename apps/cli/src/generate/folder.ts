import { createWriteStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CommandFailure, exitCodes } from '../exit.js';

/** Makes the folder where it is missing; one with something in it is only taken with `force`. */
export async function readyFolder(path: string, force: boolean): Promise<void> {
  const found = await contentsOf(path);
  if (found.length > 0 && !force)
    throw new CommandFailure(
      exitCodes.wrongUse,
      `${path} is not empty (${found.slice(0, 3).join(', ')}${found.length > 3 ? ', …' : ''}). Name another folder, or write into it with --force.`,
    );
}

async function contentsOf(path: string): Promise<string[]> {
  try {
    await mkdir(path, { recursive: true });
    return await readdir(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' || code === 'ENOTDIR')
      throw new CommandFailure(
        exitCodes.wrongUse,
        `cannot write into ${path}: it, or a part of its path, is not a folder`,
      );
    throw new CommandFailure(exitCodes.environment, `cannot write into ${path}: ${message}`);
  }
}

/** Writes the texts one after the other, no faster than the disk takes them, and gives the number of bytes. */
export async function writeText(path: string, texts: Iterable<string>): Promise<number> {
  const stream = createWriteStream(path);
  await pipeline(Readable.from(texts), stream);
  return stream.bytesWritten;
}
