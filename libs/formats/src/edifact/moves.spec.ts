import { bare, antwerp, drafts, gateIn, message, read, transport, vessel } from '../testing/edifact.js';
import { draftsOf, itemsOf, refusals } from '../testing/read.js';

describe('CODECO', () => {
  it('tells of a container at a gate, with what it is like', () => {
    expect(drafts('CODECO', gateIn()).map(bare)).toEqual([
      {
        type: 'equipment.moved',
        subject: 'CSQU3054383',
        equipment: 'CSQU3054383',
        isoType: '45R1',
        move: 'gate-in',
        classifier: 'actual',
        at: '2026-03-05T10:30:00Z',
        place: antwerp,
        transport,
        empty: false,
        grossMassKg: 21430,
        verifiedGrossMassKg: 21500,
        setPoint: -18.5,
        seals: ['OOLAYJ9379', 'PEZA03340727'],
        damages: ['DENT LEFT SIDE'],
        dangerousGoods: [{ class: '3', un: '1263' }],
        references: [{ type: 'BKG', reference: '3048413690' }],
        flags: ['local-time'],
      },
    ]);
  });

  it('keeps all that was sent', () => {
    const [draft] = drafts('CODECO', gateIn());
    expect(draft!.data.extensions).toMatchObject({
      message: 'CODECO D.95B',
      segments: expect.stringMatching(/^EQD\+CN\+CSQU3054383.*TDT\+1\+\+3\+31\+TRUCKER:172\+\+\+1-ABC-123:146'$/s),
      header: expect.stringContaining('NAD+CF+MSC:160:166'),
    });
  });

  it('of a gate-out of empty containers is one item each: a wrong one does not keep out the others', () => {
    const box = (number: string, at: string) => [`EQD+CN+${number}+22G1+++4`, `DTM+7:${at}:203`, 'LOC+165+NLRTM:139:6'];
    const lines = [
      'BGM+36+OUT-000042+9',
      'DTM+137:202603051200:203',
      ...box('CSQU3054383', '202603051100'),
      ...box('MSKU1234565', '2026030599'),
      ...box('TGHU1643396', ''),
    ];
    const reading = read(message('CODECO', lines));
    expect(refusals(reading)).toEqual([
      [1, '/interchange/0/message/0/segment/7', expect.stringContaining('is no date')],
    ]);
    expect(draftsOf(reading).map(bare)).toMatchObject([
      { equipment: 'CSQU3054383', move: 'gate-out', empty: true, flags: ['local-time'] },
      { equipment: 'TGHU1643396', at: '2026-03-05T11:00:00Z', flags: ['time-of-message'] },
    ]);
  });

  it('that says two things of one container has an event for each, and one for what it says twice', () => {
    const box = (at: string) => ['EQD+CN+CSQU3054383', `DTM+7:${at}:203`, 'LOC+165+NLRTM:139:6'];
    const lines = ['BGM+36+OUT-000042+9', ...box('202603051100'), ...box('202603051130'), ...box('202603051100')];
    const ids = drafts('CODECO', lines).map(({ id }) => id);
    expect([ids[0] === ids[1], ids[0] === ids[2]]).toEqual([false, true]);
  });

  it('that names no gate is told what would be right', () => {
    const reading = read(message('CODECO', ['BGM+99+X+9', 'EQD+CN+CSQU3054383', 'DTM+7:202603051130:203']));
    expect(refusals(reading)).toEqual([
      [0, '/interchange/0/message/0/segment/1', expect.stringContaining('34 (gate-in) or 36 (gate-out)')],
    ]);
  });

  it('without containers is an item without events', () => {
    expect(itemsOf(read(message('CODECO', ['BGM+34+X+9'])))).toMatchObject([{ ok: true, events: [] }]);
  });
});

describe('revisions', () => {
  const sent = (control: string, bgm: string, said: string, at: string) =>
    drafts(
      'CODECO',
      gateIn().map((line) =>
        line.startsWith('BGM')
          ? bgm
          : line.startsWith('DTM+137')
            ? `DTM+137:${said}:203`
            : line.replace('202603051130', at),
      ),
      { control },
    )[0]!;

  const original = sent('77', 'BGM+34+GATE-2026-0001+9', '202603051200', '202603051130');

  it('sent twice are one event', () => {
    expect(sent('77', 'BGM+34+GATE-2026-0001+9', '202603051200', '202603051130')).toEqual(original);
  });

  it.each(['4', '5'])('of function %s override what the document said before', (code) => {
    const later = sent('78', `BGM+34+GATE-2026-0001+${code}`, '202603051300', '202603051145');
    expect(later.id).not.toBe(original.id);
    expect(later).toMatchObject({ revisionof: original.revisionof, revision: '2026-03-05T12:00:00Z' });
    expect(original.revision).toBe('2026-03-05T11:00:00Z');
  });

  it('of function 1 take it back', () => {
    const cancelled = sent('79', 'BGM+34+GATE-2026-0001+1', '202603051400', '202603051130');
    expect(cancelled).toMatchObject({
      type: 'org.portolan.event.retracted',
      data: { retracts: original.revisionof },
      revision: '2026-03-05T13:00:00Z',
    });
  });

  it('with a number of their own name the document they are about (RFF+ACW)', () => {
    const lines = gateIn().map((line) => (line.startsWith('BGM') ? 'BGM+34+GATE-2026-0009+5' : line));
    lines.splice(2, 0, 'RFF+ACW:GATE-2026-0001');
    expect(drafts('CODECO', lines)[0]!.revisionof).toBe(original.revisionof);
  });

  it.each(['', '0000000000', '1', 'CSQU3054383', 'CONTAINER GATE IN/OUT'])(
    'of documents numbered %j, which tells nothing, are those of one day',
    (number) => {
      const days = ['202603051130', '202603041130'].map((at) => sent('77', `BGM+34+${number}+9`, '202603051200', at));
      expect(days[0]!.revisionof).not.toBe(days[1]!.revisionof);
    },
  );
});

describe('COARRI', () => {
  const report = (code: string, ...header: string[]) => [
    `BGM+${code}+13910559+9`,
    'DTM+137:202603051200:203',
    vessel,
    ...header,
    'EQD+CN+MSKU1234565+4500:102:5+++5',
    'DTM+203:202603051154:203',
    'LOC+9+CNSHA',
    'LOC+11+BEANR',
    'LOC+147+0500590::5',
    'MEA+AAE+G+LBR:1000',
  ];

  it('of a discharge tells of the container at the port of the message', () => {
    const header = ['LOC+11+BEANR:139:6+K869:TER:ZZZ', 'DTM+178:202603050600:203', 'DTM+133:202603060600:203'];
    expect(drafts('COARRI', report('44', ...header)).map(bare)).toMatchObject([
      {
        type: 'transport.called',
        subject: 'IMO9321483/0123W',
        call: 'arrival',
        classifier: 'actual',
        at: '2026-03-05T05:00:00Z',
        place: antwerp,
        transport,
      },
      {
        type: 'transport.called',
        call: 'departure',
        classifier: 'estimated',
        at: '2026-03-06T05:00:00Z',
        place: antwerp,
      },
      {
        type: 'equipment.moved',
        move: 'discharged',
        at: '2026-03-05T10:54:00Z',
        place: antwerp,
        transport,
        grossMassKg: 453.592,
        flags: ['check-digit', 'local-time'].slice(1),
      },
    ]);
  });

  it.each([
    ['46', [], 'loaded'],
    ['44', [], 'discharged'],
    ['999', ['FTX+OSI+++D'], 'discharged'],
    ['999', ['LOC+9+CNSHA'], 'loaded'],
  ])('with document name %s and %j says that it was %s', (code, header, move) => {
    expect(drafts('COARRI', report(code, ...header)).map(bare)).toMatchObject([{ move }]);
  });
});

describe('COPRAR', () => {
  it('orders what is to be loaded, at the departure of the vessel', () => {
    const lines = [
      'BGM+45+20260304+9',
      'DTM+137:202603041200:203',
      'TDT+20+123W+1++MSK:172:20+++D5EP4:103::HELLO WORLD',
      'LOC+9+AEJEA:139:6',
      'DTM+132:202603050000:203',
      'DTM+133:202603060000:203',
      'EQD+CN+CSQU3054383+45G1:102:5++6+5',
      'RFF+BN:2GO2005174',
      'LOC+11+INNSA:139:6',
    ];
    const [arrival, departure, box] = drafts('COPRAR', lines).map(bare);
    expect([arrival, departure]).toMatchObject([
      { call: 'arrival' },
      { call: 'departure', at: '2026-03-05T20:00:00Z' },
    ]);
    expect(box).toMatchObject({
      move: 'loaded',
      classifier: 'planned',
      at: '2026-03-05T20:00:00Z',
      place: { unlocode: 'AEJEA' },
      transport: { callSign: 'D5EP4', vesselName: 'HELLO WORLD', voyages: ['123W'] },
    });
  });
});
