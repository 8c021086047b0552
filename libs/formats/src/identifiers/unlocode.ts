const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/**
 * A UN/LOCODE, upper-cased and without its space, or `undefined` when the text has not the form of one. Well-formed codes
 * nobody listed are kept: the list lags behind. A country that does not exist is a doubt (`XZ` is international waters).
 */
export function unlocodeOf(text: string): { readonly unlocode: string; readonly flag?: string } | undefined {
  const unlocode = text.toUpperCase().replaceAll(/\s/g, '');
  if (!/^[A-Z]{2}[A-Z2-9]{3}$/.test(unlocode)) return undefined;
  const country = unlocode.slice(0, 2);
  return isCountry(country) ? { unlocode } : { unlocode, flag: `unknown-country: ${country} in UN/LOCODE ${unlocode}` };
}

/** Two letters each: there are no more than 676 to remember, and the engine takes long to answer. */
const known = new Map([['XZ', true]]);

function isCountry(country: string): boolean {
  const said = known.get(country) ?? countries.of(country) !== undefined;
  known.set(country, said);
  return said;
}
