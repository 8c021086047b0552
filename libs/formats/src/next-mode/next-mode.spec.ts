import fc from 'fast-check';
import { nextModeHeader, nextModeRow } from '../testing/next-mode.js';
import { draftsOf, itemsOf, refusals } from '../testing/read.js';
import { readNextMode } from './next-mode.js';

const received = Date.UTC(2026, 2, 2, 8);
const read = (...rows: string[]) => readNextMode([nextModeHeader, ...rows, ''].join('\r\n'), { received });
const changed = (change: (cells: string[]) => void): string => {
  const cells = nextModeRow.split(';');
  change(cells);
  return cells.join(';');
};

describe('a line of the next-mode-of-transport file', () => {
  it('is a pick-up at the terminal and a delivery, both estimated', () => {
    const reading = read(nextModeRow);
    expect(refusals(reading)).toEqual([]);
    expect(draftsOf(reading)).toMatchObject([
      {
        type: 'org.portolan.equipment.moved',
        source: '/nxtport/nmot',
        subject: 'APZU4812090',
        revisionof: '/nxtport/nmot#APZU4812090/9321483/BL77001/pickup',
        data: {
          equipment: 'APZU4812090',
          move: 'gate-out',
          classifier: 'estimated',
          at: '2026-03-04T08:00:00Z',
          place: { unlocode: 'BEANR', facility: '0S913' },
          transport: { mode: 'barge', voyages: ['LL0412'] },
          references: [
            { type: 'TRD', reference: 'BL77001' },
            { type: 'FF', reference: 'REF-1' },
          ],
        },
      },
      { data: { move: 'gate-in', at: '2026-03-05T08:00:00Z', place: { unlocode: 'BELGG', facility: '00TRI' } } },
    ]);
  });

  it('keeps what moves nothing, the ETA of the ocean vessel among it', () => {
    expect(draftsOf(read(nextModeRow))[0]!.data).toMatchObject({
      extensions: {
        IMO: '9321483',
        'ETA ocean vessel': '2026-03-03T08:00:00+01:00',
        'Shipping line': 'APLU',
        'Transport operator name': 'LEIE LINES',
        'Conveyance ID': '02325838',
      },
    });
  });

  it('sent again is the same events, changed a revision', () => {
    const ids = (row: string) => draftsOf(read(row)).map(({ id }) => id);
    const later = nextModeRow.replace('2026-03-04T09', '2026-03-04T11');
    expect(ids(nextModeRow)).toEqual(ids(nextModeRow));
    expect(ids(later)).not.toEqual(ids(nextModeRow));
    expect(draftsOf(read(later))[0]!.revisionof).toBe(draftsOf(read(nextModeRow))[0]!.revisionof);
  });

  it('of empty cells is passed over', () => {
    expect(itemsOf(read(';'.repeat(18), nextModeRow))).toHaveLength(1);
  });

  it.each<[number, string, string, string]>([
    [0, '', 'container', 'is required'],
    [0, 'CONTAINER', 'container', 'must be the number of a container'],
    [5, 'Antwerp', 'port', 'must be a UN/LOCODE'],
    [7, 'boat', 'mode', 'must be barge, rail or truck'],
    [13, '04/03/2026 09:00', 'pickup', 'must be an RFC 3339 instant'],
    [13, '2026-03-04T09:00:00', 'pickup', 'has no offset from UTC'],
  ])('with cell %s as %j is refused', (cell, value, column, why) => {
    const row = changed((cells) => (cells[cell] = value));
    expect(refusals(read(nextModeRow, row))).toEqual([[1, `/rows/1/${column}`, expect.stringContaining(why)]]);
  });

  it('with neither time is refused, with one it is one move', () => {
    const without = (...cells: number[]) => changed((all) => cells.forEach((each) => (all[each] = '')));
    expect(refusals(read(without(13, 14)))).toEqual([[0, '/rows/0/pickup', expect.stringContaining('is required')]]);
    expect(draftsOf(read(without(13)))).toMatchObject([{ data: { move: 'gate-in', extensions: { IMO: '9321483' } } }]);
  });
});

describe('the header of the file', () => {
  it('may have its columns in another order, under other names, and more of them', () => {
    const text =
      'Terminal,Next mode of transport,Port,Equipment Number,ET pickup,Colour\nK913,rail,BEANR,APZU4812090,2026-03-04T09:00:00Z,red';
    expect(draftsOf(readNextMode(text, { received }))).toMatchObject([
      { data: { transport: { mode: 'rail' }, place: { facility: 'K913' }, extensions: { Colour: 'red' } } },
    ]);
  });

  it.each([
    [
      'Container number;PortLoCode;NMT',
      'must have a column NMoT or Next mode of transport or Next mode or Mode; perhaps NMT is meant',
    ],
    ['Container number;PortLoCode;NMoT;Mode', 'is the column NMoT once more'],
  ])('%s is not guessed', (header, why) =>
    expect(readNextMode(header, { received })).toMatchObject({ unreadable: [{ message: why }] }),
  );
});

describe('any text', () => {
  it('is read without throwing', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom(...nextModeRow.split(';')));
    const rows = fc.array(fc.array(cell, { maxLength: 20 }).map((cells) => cells.join(';')));
    fc.assert(fc.property(rows, (lines) => expect(read(...lines)).toBeDefined()));
    fc.assert(fc.property(fc.string(), (text) => expect(readNextMode(text, { received })).toBeDefined()));
  });
});
