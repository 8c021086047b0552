import { bare, drafts } from '../testing/edifact.js';

describe('BAPLIE', () => {
  const plan = (departure: string, ...slots: string[]) => [
    'BGM++BAY1+9',
    'DTM+137:2603051200:201',
    'TDT+20+0123W+++MSC:172:20+++9321483:146:11:MSC OSCAR',
    'LOC+5+BEANR:139:6',
    'LOC+61+GBFXT:139:6',
    departure,
    'RFF+VON:0123W',
    ...slots,
  ];
  const slot = [
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
  ];

  it('tells which containers are on board, where, and for which port', () => {
    expect(drafts('BAPLIE', plan('DTM+136:2603051130:201', ...slot)).map(bare)).toMatchObject([
      { type: 'transport.called', call: 'departure', classifier: 'actual', place: { unlocode: 'BEANR' } },
      {
        type: 'equipment.stowed',
        subject: 'CSQU3054383',
        equipment: 'CSQU3054383',
        isoType: '45R1',
        classifier: 'actual',
        at: '2026-03-05T10:30:00Z',
        transport: { imo: '9321483', voyages: ['0123W'] },
        place: { unlocode: 'BEANR' },
        slot: '0340482',
        loading: { unlocode: 'BEANR' },
        discharge: { unlocode: 'USNYC' },
        destination: { unlocode: 'USCHI' },
        empty: false,
        verifiedGrossMassKg: 21430,
        setPoint: -18,
        dangerousGoods: [{ class: '3', un: '1263' }],
      },
    ]);
  });

  it('is a plan until the vessel has left', () => {
    const stowed = drafts('BAPLIE', plan('DTM+133:2603060600:201', ...slot))
      .map(bare)
      .at(-1);
    expect(stowed).toMatchObject({ type: 'equipment.stowed', classifier: 'planned', at: '2026-03-06T05:00:00Z' });
  });

  it('is read with ports of version 1.5, with places left empty, with bundles, and with containers first', () => {
    const old = ['LOC+147+0340482::5', 'LOC+6+BEANR', 'LOC+12+USNYC', 'EQD+CN+CSQU3054383+2200+++4'];
    const blocked = ['LOC+147+0340484::5', 'FTX+AAY+++BLOCKED'];
    const bundle = ['LOC+147+0340682::5', 'LOC+11+USNYC', 'EQD+CN+MSKU1234565+22P3+++4', 'EQD+CN+TGHU1643396+22P3+++4'];
    const boxes = drafts('BAPLIE', plan('DTM+136:2603051130:201', ...old, ...blocked, ...bundle))
      .map(bare)
      .slice(1);
    expect(boxes).toMatchObject([
      { equipment: 'CSQU3054383', loading: { unlocode: 'BEANR' }, discharge: { unlocode: 'USNYC' }, empty: true },
      { equipment: 'MSKU1234565', slot: '0340682' },
      { equipment: 'TGHU1643396', slot: '0340682', discharge: { unlocode: 'USNYC' } },
    ]);
    const first = drafts(
      'BAPLIE',
      plan(
        'DTM+136:2603051130:201',
        'EQD+CN+CSQU3054383+45G1',
        'LOC+147+0180284:139:5',
        'EQD+CN+TGHU1643396',
        'LOC+147+0180286:139:5',
      ),
    );
    expect(first.map(bare).slice(1)).toMatchObject([{ slot: '0180284' }, { slot: '0180286' }]);
  });

  it('of a later hour replaces what the earlier one said of a container on this voyage', () => {
    const [before, after] = ['DTM+137:2603051200:201', 'DTM+137:2603051300:201'].map((said, index) =>
      drafts(
        'BAPLIE',
        plan('DTM+136:2603051130:201', ...slot).map((line) =>
          line.startsWith('DTM+137') ? said : line.replace('BAY1', `BAY${index}`),
        ),
      ).at(-1)!,
    );
    expect(after!.revisionof).toBe(before!.revisionof);
    expect(after!.id).not.toBe(before!.id);
  });
});
