import { jsonMutation } from './json-mutations.js';
import { below, oneOf, randomOf } from './random.js';
import { textMutations } from './text-mutations.js';

/** A message grows by repeats upon repeats: beyond this it is cut. */
const LONGEST = 200_000;

/** The spoilt message of that number: the same for the same samples, seed and number. One in a hundred is a sample as it is. */
export function mutated(samples: readonly string[], json: boolean, seed: number, index: number): Buffer {
  const random = randomOf(Math.imul(seed, 0x9e3779b1) ^ index);
  const sample = () => Buffer.from(oneOf(random, samples));
  let bytes: Buffer = sample();
  const structural = json && random() < 0.7;
  for (let left = random() < 0.01 ? 0 : 1 + below(random, 4); left > 0; left -= 1) {
    const mutation = structural ? jsonMutation : oneOf(random, textMutations);
    bytes = mutation(bytes, random, sample()).subarray(0, LONGEST);
  }
  return bytes;
}
