import { gateIn, message, vessel } from '../../edifact.js';

const D00B = { directory: 'D:00B' };
const D96A = { directory: 'D:96A' };
const said = 'DTM+137:202603051200:203';

const status = message(
  'IFTSTA',
  [
    'BGM+23+2BOG129382+9',
    said,
    'RFF+BM:MSCU1234',
    'CNI+1',
    'STS+1+VD',
    'RFF+BN:24O4023815',
    'DTM+334:202603050710:203',
    'LOC+175+BEANR:139:6+K869:72',
    vessel,
    'LOC+9+BEANR',
    'DTM+186:202603050710:203',
    'LOC+11+USNYC',
    'DTM+132:202603140600:203',
    'EQD+CN+CSQU3054383+45G1:102:5+++5',
    'EQD+CN+TGHU1643396',
    'STS+1+77:::Goods are wet?, all of them',
    'DTM+334:20260305071000?+01:304',
    'EQD+CN+CSQU3054383',
  ],
  D00B,
);

const lifted = (type: string, bgm: string): string =>
  message(
    type,
    [
      bgm,
      said,
      vessel,
      'LOC+9+BEANR:139:6',
      'DTM+133:202603051800:203',
      'EQD+CN+CSQU3054383+45R1:102:5++2+5',
      'RFF+BN:3048413690',
      'DTM+203:202603051130:203',
      'LOC+147+0340482::5',
      'LOC+11+USNYC:139:6',
      'MEA+AAE+VGM+KGM:21500',
      'TMP+2+-18.5:CEL',
      'SEL+OOLAYJ9379+SH',
      'EQD+CN+TGHU1643396+22G1:102:5++2+4',
      'DTM+203:202603051145:203',
      'CNT+16:2',
    ],
    D00B,
  );

const bayPlan = message(
  'BAPLIE',
  [
    'BGM++BAY1+9',
    'DTM+137:2603051200:201',
    'TDT+20+0123W+++MSC:172:20+++9321483:146:11:MSC OSCAR',
    'LOC+5+BEANR:139:6',
    'LOC+61+GBFXT:139:6',
    'DTM+136:2603051130:201',
    'RFF+VON:0123W',
    'LOC+147+0340482::5',
    'MEA+VGM++KGM:21430',
    'TMP+2+-18.0:CEL',
    'LOC+9+BEANR:139:6',
    'LOC+11+USNYC:139:6',
    'LOC+83+USCHI:139:6',
    'RFF+BM:1',
    'EQD+CN+CSQU3054383+45R1+++5',
    'NAD+CA+MSC:172:20',
    'DGS+IMD+3+1263',
    'LOC+147+0340682::5',
    'LOC+11+USNYC',
    'EQD+CN+MSKU1234565+22P3+++4',
    'EQD+CN+TGHU1643396+22P3+++4',
  ],
  { directory: 'D:13B' },
);

const schedule = message(
  'IFTSAI',
  [
    'BGM+TS2+VIFTSAI0000001+9',
    said,
    'TDT+20+905W+1++:172+++OWJG2:103::MADISON MAERSK',
    'RFF+SSX:JMDS905W',
    'LOC+9+NLRTM:139:6',
    'DTM+132:202603070711:203',
    'DTM+133:202603081200:203',
    'LOC+11+DEHAM:139:6',
    'DTM+232:202603091200:203',
  ],
  { directory: 'D:99B' },
);

const orders = message(
  'ORDERS',
  [
    'BGM+220+4500012345+9',
    'DTM+137:20260305:102',
    'DTM+2:20260312:102',
    'NAD+BY+5412345000013::9',
    'NAD+DP+5412345000020::9',
    'LIN+000010++5410000000017:SRV',
    'QTY+21:120:PCE',
    'DTM+63:20260314:102',
    'LIN+20+2+5410000000024:SRV',
    'QTY+21:1,5:TNE',
    'UNS+S',
  ],
  D96A,
);

const advice = message(
  'DESADV',
  [
    'BGM+351+DES-000581+9',
    said,
    'DTM+17:202603071200:203',
    'NAD+ST+5412345000020::9',
    'TDT+20++3',
    'EQD+CN+CSQU3054383',
    'CPS+1',
    'PAC+2++201',
    'GIN+BJ+354123450000000014',
    'LIN+1++5410000000017:SRV',
    'QTY+12:480',
    'PIA+1+LOT42:NB',
    'DTM+361:20260401:102',
    'DTM+94:20260301:102',
    'RFF+ON:4500012345',
  ],
  D96A,
);

/** By the kind of message; one interchange with separators of its own, and without line ends, among them. */
export const edifactSamples = {
  IFTSTA: [status, `UNA:+.? '${status.replaceAll('\n', '')}`],
  CODECO: [message('CODECO', gateIn()), message('CODECO', gateIn().with(0, 'BGM+36+GATE-2+5'), D00B)],
  COARRI: [lifted('COARRI', 'BGM+46+LOAD-1+9'), lifted('COARRI', 'BGM+44+DISC-1+9')],
  COPRAR: [lifted('COPRAR', 'BGM+45+LOAD-1+9'), lifted('COPRAR', 'BGM+43+DISC-1+9')],
  BAPLIE: [bayPlan],
  IFTSAI: [schedule, `UNA:+,? ~${schedule.replaceAll("'", '~')}`],
  ORDERS: [orders, orders.replace('+4500012345+9', '+4500012345+1')],
  DESADV: [advice, advice.replace('+DES-000581+9', '+DES-000581+1')],
} as const satisfies Readonly<Record<string, readonly string[]>>;
