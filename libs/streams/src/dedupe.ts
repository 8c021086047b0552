import { createHash } from 'node:crypto';

const LONGEST = 400;

/** An id as an index keeps it: long ones as their SHA-256, so that an entry stays small. */
export const indexed = (id: string): string =>
  Buffer.byteLength(id) <= LONGEST ? id : `sha256:${createHash('sha256').update(id).digest('hex')}`;
