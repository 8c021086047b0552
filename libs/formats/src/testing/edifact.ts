import type { EventDraft } from '@portolan/domain';
import { readEdifact } from '../edifact/edifact.js';
import { draftsOf } from './read.js';

export const received = Date.UTC(2026, 2, 6);

/** A message in an interchange of the Antwerp terminal K869, made on 5 March 2026 at 12:00 in Antwerp. */
export function message(
  type: string,
  lines: readonly string[],
  { directory = 'D:95B', reference = '1', control = '77' } = {},
): string {
  const body = [`UNH+${reference}+${type}:${directory}:UN`, ...lines];
  const all = [
    `UNB+UNOC:2+K869:ZZZ+CARRIER:ZZZ+260305:1200+${control}`,
    ...body,
    `UNT+${body.length + 1}+${reference}`,
    `UNZ+1+${control}`,
  ];
  return all.map((line) => `${line}'`).join('\n');
}

export const read = (text: string) => readEdifact(text, { received });
export const drafts = (type: string, lines: readonly string[], more = {}) => draftsOf(read(message(type, lines, more)));
export const bare = ({ type, subject, data }: EventDraft) => {
  const { extensions: _, flags, ...rest } = data as Record<string, unknown>;
  return {
    type: type.replace('org.portolan.', ''),
    subject,
    ...rest,
    flags: (flags as string[] | undefined)?.map((flag) => flag.split(':')[0]),
  };
};

export const vessel = 'TDT+20+0123W+1++MSC:172:20+++9321483:146:11:MSC OSCAR';
export const transport = { mode: 'vessel', imo: '9321483', vesselName: 'MSC OSCAR', voyages: ['0123W'] };
export const antwerp = { unlocode: 'BEANR', facility: 'K869' };

/** A message of one container at the gate. */
export const gateIn = (...more: string[]) => [
  'BGM+34+GATE-2026-0001+9',
  'DTM+137:202603051200:203',
  vessel,
  'LOC+9+BEANR:139:6',
  'NAD+CF+MSC:160:166',
  'EQD+CN+CSQU3054383+45R1:102:5++2+5',
  'RFF+BN:3048413690',
  'DTM+7:202603051130:203',
  'LOC+165+BEANR:139:6+K869:TER:ZZZ',
  'LOC+11+USNYC:139:6',
  'MEA+AAE+G+KGM:21430',
  'MEA+AAE+VGM+KGM:21500',
  'TMP+2+-18.5:CEL',
  'SEL+OOLAYJ9379+SH',
  'SEL+PEZA03340727+CA',
  'DGS+IMD+3+1263+023:CEL',
  'DAM+1+DEN:ZZZ::DENT+LEFT:ZZZ::LEFT SIDE',
  'TDT+1++3+31+TRUCKER:172+++1-ABC-123:146',
  ...more,
  'CNT+16:1',
];
