import { seeded } from '../../libs/planning/src/testing/random-problem.js';
import { between } from './random.js';

const two = (value: number): string => String(value).padStart(2, '0');

/** A container's number with its check digit (ISO 6346), so that none is doubted. */
function container(serial: number): string {
  const bare = `APZU${String(serial).padStart(6, '0')}`;
  const values = '0123456789A?BCDEFGHIJK?LMNOPQRSTU?VWXYZ';
  const sum = [...bare].reduce((total, char, at) => total + values.indexOf(char) * 2 ** at, 0);
  return `${bare}${(sum % 11) % 10}`;
}

function interchange(type: string, directory: string, head: readonly string[], groups: readonly string[]): string {
  const body = [`UNH+1+${type}:${directory}:UN`, ...head, ...groups];
  const all = ['UNB+UNOC:2+K869:ZZZ+CARRIER:ZZZ+260301:1200+77', ...body, `UNT+${body.length + 1}+1`, 'UNZ+1+77'];
  return all.map((line) => `${line}'`).join('\n');
}

const vessel = 'TDT+20+0123W+1++MSC:172:20+++9321483:146:11:MSC OSCAR';
const discharge = ['USNYC', 'USCHS', 'USSAV', 'BRSSZ', 'DEHAM'];

/** COARRI: what a terminal discharged of one vessel, each container with references, weight and seal. */
export function dischargeReport(containers: number, seed: number): string {
  const random = seeded(seed);
  const group = (_: unknown, index: number): string[] => [
    `EQD+CN+${container(index)}+45R1:102:5++2+5`,
    `RFF+BN:${between(random, 100_000, 999_999)}`,
    `DTM+203:20260301${two(between(random, 0, 23))}${two(between(random, 0, 59))}:203`,
    `LOC+147+${String(between(random, 10_000, 990_000)).padStart(7, '0')}::5`,
    'LOC+9+BRSSZ:139:6',
    `MEA+AAE+VGM+KGM:${between(random, 4_000, 30_000)}`,
    'TMP+2+-18.5:CEL',
    `SEL+S${index}+CA`,
  ];
  const head = ['BGM+44+DISC-2026-01+9', 'DTM+137:202603011200:203', vessel, 'LOC+11+BEANR:139:6'];
  return interchange('COARRI', 'D:00B', head, Array.from({ length: containers }, group).flat());
}

/** BAPLIE: what is on board of one vessel, and where. */
export function bayPlan(containers: number, seed: number): string {
  const random = seeded(seed);
  const slot = (_: unknown, index: number): string[] => [
    `LOC+147+${String(10_000 + 2 * index).padStart(7, '0')}::5`,
    `MEA+VGM++KGM:${between(random, 4_000, 30_000)}`,
    'LOC+9+BEANR:139:6',
    `LOC+11+${discharge[between(random, 0, discharge.length - 1)]}:139:6`,
    `RFF+BM:B${index}`,
    `EQD+CN+${container(index)}+45G1+++5`,
    'NAD+CA+MSC:172:20',
  ];
  const head = ['BGM++BAY1+9', 'DTM+137:2603011200:201', vessel, 'LOC+5+BEANR:139:6', 'LOC+61+GBFXT:139:6'];
  const sailing = ['DTM+136:2603011130:201', 'RFF+VON:0123W'];
  return interchange('BAPLIE', 'D:13B', [...head, ...sailing], Array.from({ length: containers }, slot).flat());
}
