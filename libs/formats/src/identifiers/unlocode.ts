const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
/** There are 676 at most; asking the engine for each code of each message would be slow. */
const countries = new Map<string, boolean>();

function exists(country: string): boolean {
  const known = countries.get(country);
  if (known !== undefined) return known;
  const found = country === 'XZ' || names.of(country) !== undefined;
  countries.set(country, found);
  return found;
}

/**
 * A UN/LOCODE, upper-cased and without its space, or `undefined` when the text has not the form of one. Well-formed codes
 * nobody listed are kept: the list lags behind. A country that does not exist is a doubt (`XZ` is international waters).
 */
export function unlocodeOf(text: string): { readonly unlocode: string; readonly flag?: string } | undefined {
  const unlocode = text.toUpperCase().replaceAll(/\s/g, '');
  if (!/^[A-Z]{2}[A-Z2-9]{3}$/.test(unlocode)) return undefined;
  const country = unlocode.slice(0, 2);
  return exists(country) ? { unlocode } : { unlocode, flag: `unknown-country: ${country} in UN/LOCODE ${unlocode}` };
}
