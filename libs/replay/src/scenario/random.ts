/** Draws that depend on their names alone: neither on order nor on one another. */
export class Draws {
  constructor(private readonly seed: string) {}

  /** Uniform numbers from 0 up to 1, for one thing. */
  of(name: string): () => number {
    let state = hashOf(`${this.seed}/${name}`);
    // mulberry32, by Tommy Ettinger (public domain).
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
  }
}

/** FNV-1a, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** A distribution of numbers. */
export type Distribution =
  | { readonly distribution: 'uniform'; readonly from: number; readonly to: number }
  | { readonly distribution: 'triangular'; readonly from: number; readonly likely: number; readonly to: number }
  | { readonly distribution: 'normal'; readonly mean: number; readonly deviation: number }
  | { readonly distribution: 'exponential'; readonly mean: number };

/** One number of it, by inverse transform; Box and Muller's for the normal one. Never below 0. */
export function drawn(of: Distribution, uniform: () => number): number {
  switch (of.distribution) {
    case 'uniform':
      return of.from + (of.to - of.from) * uniform();
    case 'triangular':
      return triangular(of, uniform());
    case 'normal': {
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      return Math.max(0, of.mean + of.deviation * radius * Math.cos(2 * Math.PI * uniform()));
    }
    case 'exponential':
      return -of.mean * Math.log(1 - uniform());
  }
}

function triangular({ from, likely, to }: Distribution & { distribution: 'triangular' }, share: number): number {
  const width = to - from;
  if (width === 0) return from;
  const rising = (likely - from) / width;
  return share < rising
    ? from + Math.sqrt(share * width * (likely - from))
    : to - Math.sqrt((1 - share) * width * (to - likely));
}
