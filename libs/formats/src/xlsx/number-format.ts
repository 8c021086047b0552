/** Formats that need no code (ECMA-376 part 1, 18.8.30): 14 to 22 everywhere, 27 to 36 and 50 to 58 in East Asia. */
const BUILT_IN: readonly (readonly [number, number])[] = [
  [14, 22],
  [27, 36],
  [50, 58],
];

/** Does a number format show a date? Elapsed hours (`[h]:mm`) are a length of time, and stay a number of days. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return BUILT_IN.some(([from, to]) => id >= from && id <= to);
  const bare = code
    .slice(0, 500)
    .split(';', 1)[0]!
    .replaceAll(/"[^"]*"|\\.|_.|\*./g, '');
  if (/\[(h+|m+|s+)\]/i.test(bare)) return false;
  return /[dy]|h|m{1,5}|s/i.test(bare.replaceAll(/\[[^\]]*\]|General|AM\/PM|A\/P|E[+-]/gi, ''));
}
