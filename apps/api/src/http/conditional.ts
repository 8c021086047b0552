import { createHash } from 'node:crypto';
import type { Millis } from '@portolan/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Of JSON that is already text. */
export const JSON_TYPE = 'application/json; charset=utf-8';

export interface Version {
  readonly etag: string;
  readonly modified?: Millis;
}

/** A strong ETag of what JSON can hold: the same content has the same one, also after the read model was built anew. */
export const etagOf = (document: unknown): string => etagOfText(JSON.stringify(document));

export const etagOfText = (json: string): string =>
  `"${createHash('sha256').update(json).digest('base64url').slice(0, 22)}"`;

/** Sets the validators, and answers 304 without a body when the client has this version (RFC 9110, section 13). */
export function conditional<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  document: T,
  version: Version,
): T | undefined {
  const { etag, modified } = version;
  reply.header('etag', etag).header('cache-control', 'no-cache');
  if (modified !== undefined) reply.header('last-modified', new Date(modified).toUTCString());
  if (!isKnown(request.headers, version)) return document;
  reply.status(304);
  return undefined;
}

function isKnown(headers: FastifyRequest['headers'], { etag, modified }: Version): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) return tags.split(',').some((tag) => ['*', etag, `W/${etag}`].includes(tag.trim()));
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return modified !== undefined && Math.floor(modified / 1000) * 1000 <= since;
}
