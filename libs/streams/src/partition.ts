const SEED = 0x9747b28c;
const M = 0x5bd1e995;

/**
 * The partition of a key: murmur2 over its UTF-8 bytes, as Kafka's own clients compute it, so that records of other producers
 * with the same key meet ours. `partitions` is 1 or more.
 */
export const partitionOf = (key: string, partitions: number): number =>
  partitions === 1 ? 0 : (murmur2(Buffer.from(key, 'utf8')) & 0x7fffffff) % partitions;

/** Murmur hash 2, 32 bits, of org.apache.kafka.common.utils.Utils. */
export const murmur2 = (bytes: Buffer): number => {
  let hash = SEED ^ bytes.length;
  const whole = bytes.length - (bytes.length % 4);
  for (let i = 0; i < whole; i += 4) hash = Math.imul(hash, M) ^ scramble(bytes.readInt32LE(i));
  return finish(mixTail(hash, bytes.subarray(whole)));
};

const scramble = (word: number): number => {
  const product = Math.imul(word, M);
  return Math.imul(product ^ (product >>> 24), M);
};

const mixTail = (hash: number, tail: Buffer): number => {
  if (tail.length === 0) return hash;
  const word = tail.reduce((sum, byte, i) => sum | (byte << (8 * i)), 0);
  return Math.imul(hash ^ word, M);
};

const finish = (hash: number): number => {
  const mixed = Math.imul(hash ^ (hash >>> 13), M);
  return (mixed ^ (mixed >>> 15)) | 0;
};
