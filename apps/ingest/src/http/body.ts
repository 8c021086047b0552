import type { IncomingHttpHeaders } from 'node:http';
import { type Readable, type Transform, finished } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { ProblemError } from '@portolan/platform';
import type { Place } from './budget.js';

/** A sender that is answered while it still sends may never see the answer: so much is read for its sake, and dropped. */
const DRAINED = 128 * 1024 * 1024;
const DRAINING = 20_000;

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * The whole body with its content encoding undone. The limit, in bytes, holds for what is sent and for what it becomes.
 * @throws ProblemError when it is too large, not what its encoding says, or there is no room for it now
 */
export async function bodyOf(
  sent: Readable,
  headers: IncomingHttpHeaders,
  limit: number,
  place: Place,
): Promise<Buffer> {
  try {
    const encoding = headers['content-encoding']?.trim().toLowerCase() || 'identity';
    if (Number(headers['content-length']) > limit) throw tooLarge(limit);
    if (encoding === 'identity') return await collected(sent, limit, place);
    if (!Object.hasOwn(decoders, encoding)) throw unknownEncoding(encoding);
    return await collected(decoded(sent, decoders[encoding]!()), limit, place);
  } catch (error) {
    await drained(sent);
    throw error instanceof ProblemError ? error : notAsEncoded(error);
  }
}

/** Not a pipeline: a decoder that fails must not end the connection on which the answer has to go. */
function decoded(sent: Readable, decoder: Transform): Readable {
  sent.once('close', () => {
    if (!sent.readableEnded) decoder.destroy(new Error('The sender went away.'));
  });
  return sent.pipe(decoder);
}

async function collected(from: Readable, limit: number, place: Place): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of from.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) throw tooLarge(limit);
    if (!place.hold(chunk.length)) throw busy();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

function drained(sent: Readable): Promise<void> {
  return new Promise((resolve) => {
    let dropped = 0;
    const timer = setTimeout(resolve, DRAINING);
    finished(sent, () => {
      clearTimeout(timer);
      resolve();
    });
    sent.unpipe();
    sent.on('data', (chunk: Buffer) => {
      dropped += chunk.length;
      if (dropped > DRAINED) sent.destroy();
    });
    sent.resume();
  });
}

const tooLarge = (limit: number): ProblemError =>
  new ProblemError('body-too-large', `The body has more than ${limit} bytes, sent or decompressed: send it in parts.`);

const unknownEncoding = (encoding: string): ProblemError =>
  new ProblemError(
    'unsupported-encoding',
    `Content-Encoding (${encoding.slice(0, 60)}) must be gzip, deflate, br or absent.`,
  );

const notAsEncoded = (cause: unknown): ProblemError =>
  new ProblemError('malformed-encoding', 'The body is not what its Content-Encoding says.', { cause });

export const busy = (): ProblemError =>
  new ProblemError('too-many-requests', 'More comes in than the log can take at the moment.', {
    headers: { 'retry-after': '1' },
  });
