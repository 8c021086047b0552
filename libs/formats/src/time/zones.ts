/**
 * Zones (IANA) of places in countries that have several with different clocks. Ports and inland terminals by UN/LOCODE; the
 * country's other places by the zone most of its people live in, which may be wrong for one of them.
 */
const places: Readonly<Record<string, string>> = {
  'America/Los_Angeles': 'USLAX USLGB USOAK USSEA USTIW USPDX USSFO USSAN USPHN USSCK USLAS USRNO',
  'America/Denver': 'USDEN USSLC USELP USABQ USBOI',
  'America/Phoenix': 'USPHX',
  'America/Chicago':
    'USCHI USHOU USMSY USMOB USDAL USMEM USSTL USMSP USMKC USKCK USFWT USGLS USCRP USBPT USFPO USOMA USBNA USBHM USLIT ' +
    'USOKC USSAT USMKE USJOT USWOQ USELW USLRD USGPT USPFN USHUN',
  'Pacific/Honolulu': 'USHNL',
  'America/Anchorage': 'USANC USDUT USKDK',
  'America/Vancouver': 'CAVAN CAPRR CADEL CANWE',
  'America/Edmonton': 'CACAL CAEDM',
  'America/Regina': 'CAREG CASAK',
  'America/Winnipeg': 'CAWNP',
  'America/Halifax': 'CAHAL CASJB CAMON',
  'America/St_Johns': 'CASJF',
  'America/Tijuana': 'MXESE MXTIJ',
  'America/Mazatlan': 'MXMZT MXGYM',
  'America/Cancun': 'MXCUN MXPMS',
  'America/Manaus': 'BRMAO BRITA',
  'Atlantic/Canary': 'ESLPA ESSCT ESFUE ESACE ESSPC',
  'Atlantic/Azores': 'PTPDL PTPRG PTHOR PTTER',
  'Asia/Vladivostok': 'RUVVO RUNJK RUVYP',
  'Europe/Kaliningrad': 'RUKGD RUBLT',
  'Asia/Makassar': 'IDMAK IDUPG IDBPN IDBDJ IDBIT IDDPS IDSRI',
  'Asia/Jayapura': 'IDDJJ IDAMQ IDSOQ',
  'Australia/Brisbane': 'AUBNE AUTSV AUGLT AUCNS AUMKY',
  'Australia/Adelaide': 'AUADL AUPAE',
  'Australia/Perth': 'AUFRE AUPER AUPHE AUDAM',
  'Australia/Darwin': 'AUDRW',
  'Africa/Lubumbashi': 'CDFBM CDFKI',
};

const principal: Readonly<Record<string, string>> = {
  US: 'America/New_York',
  CA: 'America/Toronto',
  MX: 'America/Mexico_City',
  BR: 'America/Sao_Paulo',
  CL: 'America/Santiago',
  EC: 'America/Guayaquil',
  ES: 'Europe/Madrid',
  PT: 'Europe/Lisbon',
  RU: 'Europe/Moscow',
  UA: 'Europe/Kyiv',
  CN: 'Asia/Shanghai',
  ID: 'Asia/Jakarta',
  KZ: 'Asia/Almaty',
  MN: 'Asia/Ulaanbaatar',
  AU: 'Australia/Sydney',
  NZ: 'Pacific/Auckland',
  CD: 'Africa/Kinshasa',
  GL: 'America/Nuuk',
  PG: 'Pacific/Port_Moresby',
  PF: 'Pacific/Tahiti',
};

/** All of China keeps the time of Beijing; the zone of Urumqi is a second one in use there. */
const certain = new Set(['CN']);

const byPlace = new Map(
  Object.entries(places).flatMap(([zone, codes]) => codes.split(' ').map((code) => [code, zone] as const)),
);

/** The zone of a place in a country of several, and whether that is certain; `undefined` where the country is not one. */
export function zoneOf(unlocode: string): { readonly zone: string; readonly certain: boolean } | undefined {
  const known = byPlace.get(unlocode);
  if (known !== undefined) return { zone: known, certain: true };
  const country = unlocode.slice(0, 2);
  const zone = principal[country];
  return zone === undefined ? undefined : { zone, certain: certain.has(country) };
}
