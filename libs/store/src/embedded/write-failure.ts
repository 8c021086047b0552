import { constants } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { StoreError } from '../error.js';

/** MDB_MAP_FULL of LMDB. */
const MAP_FULL = -30792;
const { ENOSPC, EFBIG, EDQUOT, EIO } = constants.errno;
/** Of a write that was cut short, which is how a disk fills up, LMDB says that it is an I/O error. */
const NO_ROOM = new Set<unknown>([ENOSPC, EFBIG, EDQUOT, EIO, MAP_FULL]);

/** LMDB tells why a commit failed a moment later than that it did. */
const LATE_MS = 1_000;

/** Makes of what LMDB throws at a write an error that says where it happened and what to do. Nothing of the transaction is in the store. */
export async function writeFailure(error: unknown, directory: string): Promise<unknown> {
  const cause = await causeOf(error);
  const { code, message } = cause as { readonly code?: unknown; readonly message?: string };
  if (typeof code !== 'number') return error;
  if (!NO_ROOM.has(code))
    return new StoreError('store-refused', `The store in ${directory} cannot be written: ${message}`, false, { cause });
  const what = 'Make room on its disk; it goes on by itself.';
  return new StoreError('store-full', `The store in ${directory} has no room (${message}). ${what}`, true, { cause });
}

async function causeOf(error: unknown): Promise<unknown> {
  const { commitError } = error as { readonly commitError?: Promise<never> };
  if (commitError === undefined) return error;
  const told = commitError.catch((cause: unknown) => cause);
  return Promise.race([told, pause(LATE_MS, error, { ref: false })]);
}
