import type { IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest, RequestPayload } from 'fastify';
import { ProblemError } from '../problems/problem-error.js';

/**
 * Bodies of every media type reach the controllers as bytes (`@Body() body: Buffer | null`), decompressed and without their
 * Content-Encoding. Fastify's body limit counts what arrives and what it becomes, so a small body that unfolds into a large one
 * is refused too.
 */
export function takeBodiesAsBytes(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  fastify.addHook('preParsing', decompressed);
  fastify.addHook('onSend', lingering);
}

const decompressors: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

async function decompressed(
  request: FastifyRequest,
  _reply: FastifyReply,
  payload: RequestPayload,
): Promise<RequestPayload> {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '') return payload;
  const decompressor = Object.hasOwn(decompressors, encoding) ? decompressors[encoding] : undefined;
  if (!decompressor)
    throw new ProblemError(
      'unsupported-encoding',
      `Content-Encoding (${encoding.slice(0, 50)}) must be gzip, deflate or br.`,
    );
  delete request.raw.headers['content-encoding'];
  return counted(payload, decompressor());
}

/** Fastify compares the encoded length with Content-Length and with the limit. */
function counted(encoded: RequestPayload, decoded: Transform): RequestPayload {
  const payload = decoded as Transform & RequestPayload;
  payload.receivedEncodedLength = 0;
  encoded.on('data', (chunk: Buffer) => (payload.receivedEncodedLength! += chunk.length));
  encoded.on('error', (error) => decoded.destroy(error));
  return encoded.pipe(payload);
}

const LINGER_BYTES = 128 * 1024 * 1024;
const LINGER_MS = 10_000;

/** Reads on what a refused sender is still sending, within bounds: else the connection breaks before the answer is read. */
async function lingering(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (reply.statusCode === 413 && !request.raw.readableEnded) await drained(request.raw);
}

function drained(raw: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, LINGER_MS);
    let received = 0;
    const enough = () => (clearTimeout(timer), resolve());
    raw.unpipe();
    raw.on('data', (chunk: Buffer) => (received += chunk.length) > LINGER_BYTES && enough());
    raw.once('end', enough).once('close', enough).once('error', enough);
    raw.resume();
  });
}
