/** The ids of a page, and where the next one begins, from one id more than the page may hold. */
export const pageOf = <T>(found: readonly T[], limit: number, idOf: (each: T) => string) => {
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return { shown, next: found.length > limit && last !== undefined ? { next: idOf(last) } : {} };
};

/** Where a listing begins: behind `after`, unless the prefix begins later. */
export const startOf = (prefix: string, after: string | undefined): { id: string; behind: boolean } =>
  after !== undefined && Buffer.compare(Buffer.from(after), Buffer.from(prefix)) >= 0
    ? { id: after, behind: true }
    : { id: prefix, behind: false };
