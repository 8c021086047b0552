import type { Change } from '../read-model.js';
import { textOf } from '../stored.js';

/** What a script does one after the other: number of the collection, from 1; id; stored document, or nothing to delete it. */
type Step = readonly [collection: string, id: string, text: string];

export interface Steps {
  /** Collections that occur, by their numbers. */
  readonly collections: readonly string[];
  /** The steps' values in portions that are sent one by one; the last is sent with the script. */
  readonly portions: readonly (readonly string[])[];
}

/** Redis serves others between two portions, and neither side holds the whole change as one message. */
const MOST_STEPS = 1_000;
const MOST_CHARACTERS = 4_000_000;

export const stepsOf = ({ position, puts, deletes }: Change): Steps => {
  const collections = [...new Set([...puts, ...deletes].map(({ collection }) => collection))];
  const numbers = new Map(collections.map((collection, i) => [collection, `${i + 1}`]));
  const steps: Step[] = [
    ...puts.map(({ collection, id, document }) => [numbers.get(collection)!, id, textOf(position, document)] as const),
    ...deletes.map(({ collection, id }) => [numbers.get(collection)!, id, ''] as const),
  ];
  return { collections, portions: portionsOf(steps) };
};

const portionsOf = (steps: readonly Step[]): string[][] => {
  let portion: string[] = [];
  let characters = 0;
  const portions = [portion];
  for (const step of steps) {
    if (portion.length >= 3 * MOST_STEPS || characters > MOST_CHARACTERS) {
      portions.push((portion = []));
      characters = 0;
    }
    portion.push(...step);
    characters += step[2].length;
  }
  return portions;
};
