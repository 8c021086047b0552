import { containerNumber } from '../identifiers/container.js';
import { contentHash } from '../json/content.js';

/** What a GS1 identifier names: its scheme, and its key as GS1 prints it (TDS 2.0; GS1 Digital Link 1.2). */
export interface Epc {
  readonly uri: string;
  readonly scheme: string;
  readonly key: string;
  /** Of a lot or an instance of goods: the GTIN. */
  readonly gtin?: string;
  /** A doubt about it. */
  readonly flag?: string | undefined;
}

const linkSchemes: Readonly<Record<string, string>> = {
  '00': 'sscc',
  '01': 'gtin',
  '414': 'sgln',
  '8003': 'grai',
  '8004': 'giai',
};

/** Reads a URN or a Digital Link; whatever else it may be, it keeps its own text as key. */
export function epcOf(uri: string): Epc {
  const urn = /^urn:epc:(?:id|class|idpat):([a-z]+):(.+)$/.exec(uri);
  if (urn) return ofUrn(uri, urn[1]!, urn[2]!);
  const link = /^https?:\/\/[^/]+\/(?:[^?#]*\/)?(00|01|414|8003|8004)\/([^/?#]+)((?:\/[^/?#]+)*)/.exec(uri);
  if (!link) return { uri, scheme: 'other', key: uri };
  const [, ai = '', key = '', rest = ''] = link;
  const extension = /^\/254\/([^/]+)/.exec(rest)?.[1] ?? '0';
  if (ai !== '01')
    return { uri, scheme: linkSchemes[ai]!, key: ai === '414' && extension !== '0' ? `${key}.${extension}` : key };
  if (!/^(?:\d{8}|\d{12,14})$/.test(key)) return { uri, scheme: 'other', key: uri };
  const gtin = key.padStart(14, '0');
  const [lot, serial] = [/\/10\/([^/]+)/.exec(rest)?.[1], /\/21\/([^/]+)/.exec(rest)?.[1]];
  const scheme = serial === undefined ? (lot === undefined ? 'gtin' : 'lgtin') : 'sgtin';
  return { uri, scheme, key: gtin + (serial ?? lot ?? ''), gtin };
}

function ofUrn(uri: string, scheme: string, body: string): Epc {
  const [prefix = '', reference = '', ...rest] = body.split('.');
  const serial = rest.join('.');
  const digits = `${reference.slice(0, 1)}${prefix}${reference.slice(1)}`;
  if (scheme === 'bic') {
    const { number = body, flag } = containerNumber(body);
    return { uri, scheme, key: number, flag };
  }
  if (prefix === '' || reference === '') return { uri, scheme: 'other', key: uri };
  if (scheme === 'sscc') return { uri, scheme, key: withCheckDigit(digits) };
  if (scheme === 'giai') return { uri, scheme, key: prefix + reference + (serial && `.${serial}`) };
  if (scheme === 'grai') return { uri, scheme, key: withCheckDigit(`0${prefix}${reference}`) + serial };
  if (scheme === 'sgln') {
    const gln = withCheckDigit(prefix + reference);
    return { uri, scheme, key: serial === '0' || serial === '' ? gln : `${gln}.${serial}` };
  }
  if (scheme !== 'sgtin' && scheme !== 'lgtin') return { uri, scheme, key: body };
  const gtin = withCheckDigit(digits);
  return serial === '*' ? { uri, scheme: 'gtin', key: gtin, gtin } : { uri, scheme, key: gtin + serial, gtin };
}

/** GS1 General Specifications, section 7.9: weights 3 and 1 from the right. What has not the length of a key is left as it is. */
function withCheckDigit(digits: string): string {
  if (!/^(?:\d{12,13}|\d{17})$/.test(digits)) return digits;
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 3 : 1), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

const MAX_EQUIPMENT = 20;

/** Names of equipment have at most 20 characters in the log: a longer key becomes its hash, the same one each time. */
export const equipmentName = ({ key }: Epc): string =>
  key.length <= MAX_EQUIPMENT ? key : `epc-${contentHash(key).slice(0, 16)}`;

/** Things that carry goods: containers, logistic units, returnable and other assets. */
export const isEquipment = ({ scheme }: Epc): boolean => ['bic', 'sscc', 'grai', 'giai'].includes(scheme);

/** A place as its GLN or other URI, or as its position where it is a `geo:` URI (RFC 5870). */
export function placeOf(id: string): { location: string } | { position: { lat: number; lon: number } } | undefined {
  const geo = /^geo:(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)/.exec(id);
  const [lat, lon] = [Number(geo?.[1]), Number(geo?.[2])];
  if (Math.abs(lat) <= 90 && Math.abs(lon) <= 180) return { position: { lat, lon } };
  const { key } = epcOf(id);
  return key.length > 200 ? undefined : { location: key };
}
