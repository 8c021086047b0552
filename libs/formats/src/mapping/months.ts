const languages = ['en', 'nl', 'fr', 'de'] as const;

/** Numbers of months by their names and abbreviations in English, Dutch, French and German, small and without dots. */
export const months: ReadonlyMap<string, number> = new Map(
  languages.flatMap((language) => [...namesIn(language, 'long'), ...namesIn(language, 'short'), ...others(language)]),
);

function namesIn(language: string, month: 'long' | 'short'): [string, number][] {
  const format = new Intl.DateTimeFormat(language, { month, timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, index) => [
    format
      .format(Date.UTC(2026, index, 1))
      .toLowerCase()
      .replace('.', ''),
    index + 1,
  ]);
}

/** The first three letters, which people write whatever the dictionaries say; French needs four (juin, juillet). */
function others(language: string): [string, number][] {
  return language === 'fr' ? [] : namesIn(language, 'long').map(([name, month]) => [name.slice(0, 3), month]);
}
