import fc from 'fast-check';
import { readMessage } from '../registry.js';
import { corpusText, describeCorpus } from '../testing/corpus.js';
import { draftsOf, itemsOf, refusals } from '../testing/read.js';
import { readAis } from './ais.js';
import { type Field, classA, classB, head, sentences, static5 } from '../testing/ais.js';
import { checksum } from './sentence.js';

const received = Date.UTC(2026, 11, 30, 8, 0, 20);
const read = (...lines: string[]) => readAis(lines.join('\r\n'), { received });

describe('AIS', () => {
  it.each([1, 2, 3])('message %d is a position, at the second it was sent in', (type) => {
    expect(draftsOf(read(...sentences(classA(type))))).toMatchObject([
      {
        type: 'org.portolan.position.reported',
        subject: 'MMSI244660000',
        time: '2026-12-30T08:00:05Z',
        data: {
          position: { lat: 51.5, lon: 4.25 },
          speedKnots: 12.3,
          courseDegrees: 90.5,
          transport: { mmsi: '244660000' },
        },
      },
    ]);
  });

  it('messages 18, 19 and 27 are positions, 19 with the name', () => {
    const long: Field[] = [...head(27), [1, 0], [1, 0], [4, 0], [18, 2550], [17, 30900], [6, 63], [9, 511], [2, 0]];
    const b = sentences([...classB(18), [29, 0]]);
    const extended = sentences([...classB(19), [4, 0], [120, 'LINGE'], [8, 79], [30, 0], [11, 0]]);
    const data = draftsOf(read(...b, ...extended, ...sentences(long))).map((each) => each.data);
    expect(data).toMatchObject([
      { position: { lat: -51.5, lon: -4.25 }, speedKnots: 8, extensions: { heading: 90 } },
      { transport: { vesselName: 'LINGE' }, extensions: { shipType: 79 } },
      { position: { lat: 51.5, lon: 4.25 } },
    ]);
    expect(data[0]).not.toHaveProperty('courseDegrees');
    expect(data[2]).not.toHaveProperty('speedKnots');
  });

  it('what is not available is left out, and without a position there is no event', () => {
    const [speedless] = draftsOf(read(...sentences(classA(1, 4, 51, 1023, 3600))));
    expect(Object.keys(speedless!.data)).not.toEqual(expect.arrayContaining(['speedKnots']));
    expect(itemsOf(read(...sentences(classA(1, 181, 91))))).toMatchObject([{ ok: true, events: [] }]);
  });

  it.each([
    ['BEANR', 'BEANR'],
    ['BE ANR', 'BEANR'],
    ['NLRTM>BEANR', 'BEANR'],
    ['ANTWERP', undefined],
  ])(
    'message 5 to %s is what the crew expects, in the year nearest: with later positions, and no call',
    (destination, code) => {
      const parts = sentences(static5(destination, [1, 2, 6, 30]));
      expect(parts).toHaveLength(2);
      const drafts = draftsOf(read(...parts, ...sentences(classA(1))));
      expect(drafts).toMatchObject([
        {
          type: 'org.portolan.position.reported',
          data: {
            destination,
            transport: { imo: '9074729', vesselName: 'MAAS 1', callSign: 'PABC' },
            eta: '2027-01-02T06:30:00Z',
          },
        },
      ]);
      expect((drafts[0]!.data as { destinationCode?: string }).destinationCode).toBe(code);
    },
  );

  it('another destination takes the place of the one before, with its code and its ETA', () => {
    const lines = [static5('BEANR', [1, 2, 6, 30]), static5('ANTWERP', [0, 0, 24, 60]), classA(1)];
    const [draft] = draftsOf(read(...lines.flatMap((fields) => sentences(fields))));
    expect(draft!.data).toMatchObject({ destination: 'ANTWERP' });
    expect(Object.keys(draft!.data).filter((name) => ['eta', 'destinationCode'].includes(name))).toEqual([]);
  });

  it('a wrong IMO number is a doubt; an ETA that is not available is left out', () => {
    const [draft] = draftsOf(read(...sentences(static5('BEANR', [0, 0, 24, 60], 9074728)), ...sentences(classA(1))));
    expect(draft!.data).toMatchObject({ flags: expect.arrayContaining([expect.stringContaining('check-digit')]) });
    expect(draft!.data).not.toHaveProperty('eta');
  });

  it('message 24 names the vessel of later positions, and 21 says nothing here', () => {
    const name = sentences([...head(24), [2, 0], [120, 'SPES'], [8, 0]]);
    const kind = sentences([...head(24), [2, 1], [8, 79], [42, ''], [42, 'PX1'], [36, 0]]);
    const reading = read(...name, ...kind, ...sentences([...head(21), [234, 0]]), ...sentences(classA(1)));
    expect(itemsOf(reading)).toHaveLength(4);
    expect(draftsOf(reading)).toMatchObject([
      { data: { transport: { vesselName: 'SPES', callSign: 'PX1' }, extensions: { shipType: 79 } } },
    ]);
  });

  it('takes the time of a tag block, a suffix or a line of the receiver', () => {
    const [line] = sentences(classA(1));
    const tag = 's:station,c:1735689600';
    const times = draftsOf(
      read(
        `\\${tag}*${checksum(tag)}\\${line}`,
        `${line},1735689601`,
        '$PGHP,1,2025,1,1,0,0,2,0,244,0,,1,72*21',
        line!,
      ),
    ).map(({ time }) => time);
    expect(times).toEqual(['2025-01-01T00:00:00Z', '2025-01-01T00:00:01Z', '2025-01-01T00:00:02Z']);
  });

  it('joins parts that come interleaved, and says which are missing', () => {
    const a = sentences(static5('BEANR', [1, 2, 6, 30]), 60, '1');
    const b = sentences(static5('NLRTM', [1, 2, 6, 30]), 60, '2');
    const [draft] = draftsOf(read(a[0]!, b[0]!, a[1]!, b[1]!, ...sentences(classA(1))));
    expect(draft!.data).toMatchObject({ destination: 'NLRTM' });
    expect(refusals(read(a[0]!, b[1]!)).map(([, pointer]) => pointer)).toEqual(['/1', '/2']);
  });

  it('joins parts in whatever order they come, unless they are far apart or there twice', () => {
    const [first, second] = sentences(static5('BEANR', [1, 2, 6, 30]));
    const position = sentences(classA(1))[0]!;
    const drafts = draftsOf(read(second!, position, first!, position));
    expect(drafts.map(({ data }) => 'destination' in data && data.destination)).toEqual([false, 'BEANR']);
    const far = Array<string>(600).fill('#');
    expect(refusals(read(first!, ...far, second!)).map(([, pointer]) => pointer)).toEqual(['/1', '/602']);
    expect(refusals(read(first!, first!, second!)).map(([, pointer]) => pointer)).toEqual(['/1']);
  });

  it('joins parts without a sequence id by the group of their tag blocks', () => {
    const grouped = (line: string, part: number, group: number) => {
      const tag = `g:${part}-2-${group},c:1735689600`;
      return `\\${tag}*${checksum(tag)}\\${line}`;
    };
    const [a, b] = ['BEANR', 'NLRTM'].map((to) => sentences(static5(to, [1, 2, 6, 30]), 60, ''));
    const lines = [grouped(a![0]!, 1, 7), grouped(b![0]!, 1, 8), grouped(a![1]!, 2, 7), grouped(b![1]!, 2, 8)];
    expect(refusals(read(...lines))).toEqual([]);
    expect(draftsOf(read(...lines, ...sentences(classA(1))))).toMatchObject([{ data: { destination: 'NLRTM' } }]);
  });

  it('rejects a wrong checksum with its line, and what would be right', () => {
    const [line] = sentences(classA(1));
    const wrong = `${line!.slice(0, -2)}ZZ`;
    const off = line!.replace(/..$/, (sum) => (sum === '00' ? '01' : '00'));
    expect(refusals(read(line!, off))).toEqual([[1, '/2', `is a wrong checksum: it should be ${line!.slice(-2)}`]]);
    expect(refusals(read(line!, wrong))).toEqual([[1, '/2', expect.stringContaining('is no AIS sentence')]]);
  });

  it('is recognised, and mutated never throws', () => {
    const text = [...sentences(static5('BEANR', [1, 2, 6, 30])), ...sentences(classA(1))].join('\n');
    expect(readMessage({ body: text }, { received })).toMatchObject({ format: 'ais' });
    const cut = fc.tuple(fc.nat(text.length), fc.nat(8), fc.string());
    fc.assert(
      fc.property(cut, ([at, gone, put]) => {
        const mutated = text.slice(0, at) + put + text.slice(at + gone);
        expect(readAis(mutated, { received })).toEqual(readAis(mutated, { received }));
      }),
      { numRuns: 1000 },
    );
  });
});

describeCorpus('the stream of a real receiver', () => {
  it('is read, with a reason for all else', () => {
    const items = itemsOf(readAis(corpusText('ais/stream_example.txt'), { received }));
    expect(items.filter(({ ok }) => ok).length).toBeGreaterThanOrEqual(3650);
    const reasons = items.flatMap((item) => (item.ok ? [] : item.faults.map(({ message }) => message)));
    expect(reasons).toHaveLength(18);
    expect(reasons.every((reason) => reason.startsWith('is no AIS sentence'))).toBe(true);
  });
});
