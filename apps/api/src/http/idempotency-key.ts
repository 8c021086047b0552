import { ProblemError } from '@portolan/platform';

const KEY = /^[\x21-\x7e]{1,255}$/;

/** The header as it was given; `undefined` where there is none. Throws `invalid-parameter` where it is no key. */
export function idempotencyKeyOf(header: string | undefined): string | undefined {
  if (header === undefined || KEY.test(header)) return header;
  throw new ProblemError('invalid-parameter', 'Idempotency-Key must be 1 to 255 visible ASCII characters.');
}
