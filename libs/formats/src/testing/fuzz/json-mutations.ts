import { type Random, below, oneOf } from './random.js';
import type { Mutation } from './text-mutations.js';

type Container = Record<string, unknown>;
/** A value's place: what holds it, and under which name. */
interface Place {
  readonly inside: Container;
  readonly name: string;
}

const odd: readonly unknown[] = [
  null,
  '',
  ' ',
  0,
  -0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  true,
  false,
  [],
  {},
  [[]],
  [null],
  '\0',
  '\ud800',
  '\udfff\ud800',
  'x'.repeat(201),
  'x'.repeat(1001),
  '2026-02-29T10:00:00Z',
  '2026-03-29T02:30:00',
  '1999-12-31T23:59:59Z',
  'P1Y',
  { __proto__: null, toString: 1, constructor: { prototype: {} } },
];

/** Every place but the root's, in the order of the text. */
function placesOf(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = value as Container;
  return Object.keys(inside).flatMap((name) => [{ inside, name }, ...placesOf(inside[name])]);
}

type Change = (place: Place, random: Random, others: readonly Place[]) => void;

const remove: Change = ({ inside, name }) => {
  if (Array.isArray(inside)) inside.splice(Number(name), 1);
  else Reflect.deleteProperty(inside, name);
};

/** In a list, only at a place it has. */
const set = ({ inside, name }: Place, value: unknown): void => {
  if (Array.isArray(inside) && !/^\d+$/.test(name)) return;
  Object.defineProperty(inside, name, { value, enumerable: true, configurable: true, writable: true });
};

const changes: readonly Change[] = [
  remove,
  (place, random) => set(place, oneOf(random, odd)),
  (place, random) => set(place, oneOf(random, odd)),
  (place, random, others) => {
    const { inside, name } = oneOf(random, others);
    set(place, structuredClone(inside[name]));
  },
  (place, random, others) => {
    const other = oneOf(random, others);
    const [mine, its] = [place.inside[place.name], other.inside[other.name]];
    // One inside the other would go round in circles.
    set(place, structuredClone(its));
    set(other, structuredClone(mine));
  },
  (place, random, others) => {
    const name = oneOf(random, ['__proto__', 'constructor', 'toString', 'length', oneOf(random, others).name]);
    set({ inside: place.inside, name }, place.inside[place.name]);
  },
  (place, random) => set(place, Array<unknown>(1 + below(random, 40)).fill(place.inside[place.name])),
  (place, random) => set(place, nested(place.inside[place.name], 1 + below(random, 100), random)),
  (place) => set(place, JSON.stringify(place.inside[place.name])),
  (place) => set(place, Number(JSON.stringify(place.inside[place.name]))),
];

function nested(value: unknown, depth: number, random: Random): unknown {
  let deep = value;
  for (let level = 0; level < depth; level += 1) deep = random() < 0.5 ? [deep] : { a: deep };
  return deep;
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString()) as unknown;
  } catch {
    return undefined;
  }
}

/** Changes the message's structure and leaves it JSON; what is none stays as it is. */
export const jsonMutation: Mutation = (bytes, random, other) => {
  const root = { message: parsed(bytes) };
  const places = placesOf(root);
  if (places.length < 2) return bytes;
  const others = [...places, ...placesOf({ message: parsed(other) })];
  oneOf(random, changes)(oneOf(random, places), random, others);
  return Buffer.from(JSON.stringify(root.message) ?? 'null');
};
