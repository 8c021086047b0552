import { bare, antwerp, drafts, message, read, transport, vessel } from '../testing/edifact.js';
import { draftsOf, refusals } from '../testing/read.js';

describe('IFTSTA', () => {
  const told = (sts: string, ...more: string[]) => [
    'BGM+23+2BOG129382+9',
    'DTM+137:202603051200:203',
    'RFF+BM:MSCU1234',
    'CNI+1',
    sts,
    'RFF+BN:24O4023815',
    'DTM+334:202603050710:203',
    'LOC+175+BEANR:139:6+K869:72',
    ...more,
  ];
  const box = 'EQD+CN+CSQU3054383+45G1:102:5+++5';

  it.each([
    ['STS+1+AE', 'loaded'],
    ['STS+1+UV::184', 'discharged'],
    ['STS+1+OA', 'gate-out'],
    ['STS+1+GTIN', 'gate-in'],
    ['STS++STUF', 'stuffed'],
    ['STS+1+13', 'picked-up'],
  ])('%s is the move %s', (sts, move) => {
    expect(drafts('IFTSTA', told(sts, vessel, 'LOC+9+BEANR', box)).map(bare)).toMatchObject([
      {
        type: 'equipment.moved',
        move,
        equipment: 'CSQU3054383',
        at: '2026-03-05T06:10:00Z',
        place: antwerp,
        transport,
        references: [
          { type: 'BKG', reference: '24O4023815' },
          { type: 'TRD', reference: 'MSCU1234' },
        ],
      },
    ]);
  });

  it('of a vessel that left tells of its call, and of the times of the others on its way', () => {
    const way = [
      vessel,
      'LOC+9+BEANR',
      'DTM+186:202603050710:203',
      'LOC+11+USNYC',
      'DTM+132:202603140600:203',
      'LOC+7+USCHI',
      'DTM+132:202603160600:203',
      box,
    ];
    expect(drafts('IFTSTA', told('STS+1+VD', ...way)).map(bare)).toMatchObject([
      { type: 'transport.called', call: 'departure', classifier: 'actual', at: '2026-03-05T06:10:00Z' },
      { type: 'milestone.reached', code: 'VD', equipment: 'CSQU3054383' },
      { type: 'transport.called', call: 'departure', classifier: 'actual', place: { unlocode: 'BEANR' } },
      {
        type: 'transport.called',
        call: 'arrival',
        classifier: 'estimated',
        place: { unlocode: 'USNYC' },
        at: '2026-03-14T10:00:00Z',
      },
    ]);
  });

  it.each([
    ['STS+1+CT', 'released'],
    ['STS+1+PA', 'held'],
    ['STS+1+77:::Goods are wet', 'other'],
  ])('%s is the milestone %s, with its code and words', (sts, milestone) => {
    expect(drafts('IFTSTA', told(sts, box)).map(bare)).toMatchObject([
      {
        type: 'milestone.reached',
        milestone,
        equipment: 'CSQU3054383',
        document: { type: 'BKG', reference: '24O4023815' },
      },
    ]);
  });

  it('has an event for each container, those named in the message where the status names none', () => {
    expect(drafts('IFTSTA', told('STS+1+AE', box, 'EQD+CN+TGHU1643396')).map(({ subject }) => subject)).toEqual([
      'CSQU3054383',
      'TGHU1643396',
    ]);
    const named = [
      'BGM+23+2BOG129382+9',
      'RFF+EQ:CSQU3054383',
      'CNI+1',
      'STS+1+AE',
      'DTM+334:202603050710:203',
      'LOC+9+BEANR',
    ];
    expect(drafts('IFTSTA', named).map(({ subject }) => subject)).toEqual(['CSQU3054383']);
  });

  it('refuses a status with a wrong time, and no other', () => {
    const lines = [...told('STS+1+AE', box), 'STS+1+UV', 'DTM+334:2026-03-05:203', box];
    const reading = read(message('IFTSTA', lines));
    expect(refusals(reading)).toEqual([
      [1, '/interchange/0/message/0/segment/11', expect.stringContaining('is no date')],
    ]);
    expect(draftsOf(reading)).toHaveLength(1);
  });
});

describe('IFTSAI', () => {
  const schedule = [
    'BGM+TS2+VIFTSAI0000001+9',
    'DTM+137:202603051200:203',
    'TDT+20+905W+1++:172+++OWJG2:103::MADISON MAERSK',
    'RFF+SSX:JMDS905W',
    'LOC+9+NLRTM:139:6',
    'DTM+132:202603070711:203',
    'DTM+133:202603081200:203',
    'LOC+11+DEHAM:139:6',
    'DTM+232:202603091200:203',
    'DTM+178:99999999:203',
  ];

  it('tells of each call of a voyage; one wrong call keeps out no other', () => {
    const reading = read(message('IFTSAI', schedule, { directory: 'D:99B' }));
    expect(draftsOf(reading).map(bare)).toMatchObject([
      {
        call: 'arrival',
        classifier: 'estimated',
        at: '2026-03-07T06:11:00Z',
        place: { unlocode: 'NLRTM' },
        transport: { callSign: 'OWJG2', voyages: ['905W', 'JMDS905W'] },
      },
      { call: 'departure', classifier: 'estimated', at: '2026-03-08T11:00:00Z' },
    ]);
    expect(refusals(reading)).toMatchObject([[1, '/interchange/0/message/0/segment/10', expect.any(String)]]);
  });

  it('refuses a voyage without any name', () => {
    expect(refusals(read(message('IFTSAI', ['BGM+1', 'TDT+20', 'LOC+9+NLRTM', 'DTM+132:202603070711:203'])))).toEqual([
      [0, '/interchange/0/message/0/segment/2', 'names neither vessel nor voyage'],
    ]);
  });
});
