/** What a check has found. `well`: as it should be. `look`: works, and somebody should look at it. `ill`: does not work. */
export interface Finding {
  readonly check: string;
  readonly state: 'well' | 'look' | 'ill';
  /** What was found, in one line. */
  readonly found: string;
  /** What to do about it. */
  readonly advice?: string;
}

export const well = (check: string, found: string): Finding => ({ check, state: 'well', found });
export const look = (check: string, found: string, advice: string): Finding => ({
  check,
  state: 'look',
  found,
  advice,
});
export const ill = (check: string, error: unknown, advice?: string): Finding => ({
  check,
  state: 'ill',
  found: error instanceof Error ? error.message : String(error),
  ...(advice !== undefined && { advice }),
});
