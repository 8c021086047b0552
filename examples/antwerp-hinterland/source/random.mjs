/** Mulberry32: 32 bits of state, the same numbers on every machine. A stream per topic keeps one part's numbers from moving another's. */
export function stream(topic, seed = 20260302) {
  let state = seed;
  for (const letter of topic) state = (Math.imul(state ^ letter.charCodeAt(0), 0x9e3779b1) + 0x6d2b79f5) | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    whole: (low, high) => low + Math.floor((high - low + 1) * next()),
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)],
    weighted: (pairs) => weighted(pairs, next()),
    /** About normal: the sum of four uniform numbers, scaled. */
    around: (mean, spread) => mean + spread * (next() + next() + next() + next() - 2) * 1.732,
  };
}

function weighted(pairs, share) {
  const total = pairs.reduce((sum, [, weight]) => sum + weight, 0);
  let rest = share * total;
  for (const [value, weight] of pairs) {
    rest -= weight;
    if (rest < 0) return value;
  }
  return pairs.at(-1)[0];
}
