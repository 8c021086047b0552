import { type Change, type DocumentKey, NOWHERE } from './read-model.js';

const LONGEST_ID = 512;

/** Throws on what no projection may ask for: a programmer's error, so that both adapters refuse the same. */
export const assertChange = ({ scope, position, after = NOWHERE, puts, deletes }: Change): void => {
  if (scope === '') throw new RangeError('A change needs a scope.');
  if (!Number.isSafeInteger(position) || position < 0)
    throw new RangeError(`position (${position}) of scope ${scope} must be a whole number, 0 or more.`);
  if (!Number.isSafeInteger(after) || after < NOWHERE)
    throw new RangeError(`after (${after}) of scope ${scope} must be a position, or ${NOWHERE} for none.`);
  puts.forEach(assertKey);
  deletes.forEach(assertKey);
  puts.forEach((put) => {
    if (put.document === undefined) throw new RangeError(`${put.collection}/${put.id}: undefined is not a document.`);
  });
};

export const assertKey = ({ collection, id }: DocumentKey): void => {
  const bytes = Buffer.byteLength(id);
  if (bytes < 1 || bytes > LONGEST_ID)
    throw new RangeError(`id (${id}) of collection ${collection} has ${bytes} bytes, it may have 1 to ${LONGEST_ID}.`);
};
