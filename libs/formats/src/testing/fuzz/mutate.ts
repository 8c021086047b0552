import { jsonMutation } from './json-mutations.js';
import { below, oneOf, randomOf } from './random.js';
import type { Shape } from './seeds.js';
import { type Mutation, textMutations } from './text-mutations.js';
import { workbookMutation } from './workbook-mutations.js';

/** A message grows by repeats upon repeats: beyond this it is cut. */
const LONGEST = 200_000;

/** What changes a message and leaves it what it is, so that its reader gets further. */
const structural: Readonly<Record<Shape, Mutation | undefined>> = {
  json: jsonMutation,
  workbook: workbookMutation,
  text: undefined,
};

/** The spoilt message of that number: the same for the same samples, seed and number. One in a hundred is a sample as it is. */
export function mutated(samples: readonly Buffer[], shape: Shape, seed: number, index: number): Buffer {
  const random = randomOf(Math.imul(seed, 0x9e3779b1) ^ index);
  const sample = () => oneOf(random, samples);
  let bytes = sample();
  const whole = structural[shape];
  const keep = whole && random() < 0.7 ? whole : undefined;
  for (let left = random() < 0.01 ? 0 : 1 + below(random, 4); left > 0; left -= 1) {
    const mutation = keep ?? oneOf(random, textMutations);
    bytes = mutation(bytes, random, sample()).subarray(0, LONGEST);
  }
  return bytes;
}
