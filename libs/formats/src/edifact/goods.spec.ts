import { bare, drafts, message, read } from '../testing/edifact.js';
import { draftsOf, refusals } from '../testing/read.js';

describe('ORDERS', () => {
  const order = (bgm: string, ...lines: string[]) => [
    bgm,
    'DTM+137:20260305:102',
    'DTM+2:20260312:102',
    'NAD+BY+5412345000013::9',
    'NAD+DP+5412345000020::9',
    ...lines,
  ];
  const line = ['LIN+000010++5410000000017:SRV', 'QTY+21:120:PCE', 'DTM+63:20260314:102'];

  it('places an order for each line', () => {
    expect(drafts('ORDERS', order('BGM+220+4500012345+9', ...line), { directory: 'D:96A' }).map(bare)).toEqual([
      {
        type: 'order.placed',
        subject: '4500012345/10',
        id: '4500012345/10',
        customer: '5412345000013',
        product: '5410000000017',
        to: '5412345000020',
        quantity: 120,
        due: '2026-03-12T23:59:59Z',
        latest: '2026-03-14T23:59:59Z',
        references: [{ type: 'ON', reference: '4500012345' }],
        flags: undefined,
      },
    ]);
  });

  it('cancels the lines of a cancelled order, and lines that are taken out', () => {
    expect(drafts('ORDERS', order('BGM+220+4500012345+1', ...line)).map(bare)).toMatchObject([
      { type: 'order.cancelled', order: '4500012345/10' },
    ]);
    expect(
      drafts('ORDERS', order('BGM+220+4500012345+4', 'LIN+10+2+5410000000017:SRV', 'QTY+21:1')).map(bare),
    ).toMatchObject([{ type: 'order.cancelled' }]);
  });

  it('refuses a line without product or quantity, and no other', () => {
    const reading = read(message('ORDERS', order('BGM+220+4500012345+9', ...line, 'LIN+20', 'QTY+21:0')));
    expect(refusals(reading)).toEqual([
      [1, '/interchange/0/message/0/segment/9', expect.stringContaining('names no product')],
      [1, '/interchange/0/message/0/segment/10', expect.stringContaining('no ordered quantity')],
    ]);
    expect(draftsOf(reading)).toHaveLength(1);
  });
});

describe('DESADV', () => {
  const advice = (bgm: string) => [
    bgm,
    'DTM+137:202603051200:203',
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
  ];

  it('registers a lot for each line, with its batch and shelf life, where it is delivered', () => {
    expect(drafts('DESADV', advice('BGM+351+DES-000581+9'), { directory: 'D:96A' }).map(bare)).toEqual([
      {
        type: 'lot.registered',
        subject: 'LOT42',
        id: 'LOT42',
        product: '5410000000017',
        location: '5412345000020',
        quantity: 480,
        available: '2026-03-07T12:00:00Z',
        expires: '2026-04-01T23:59:59Z',
        produced: '2026-03-01T00:00:00Z',
        equipment: ['CSQU3054383'],
        flags: undefined,
      },
    ]);
  });

  it('that is cancelled withdraws its lots', () => {
    expect(drafts('DESADV', advice('BGM+351+DES-000581+1')).map(bare)).toMatchObject([
      { type: 'lot.withdrawn', lot: 'LOT42' },
    ]);
  });
});
