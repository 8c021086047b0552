import fc from 'fast-check';
import { type Field, classA, saidBy, sentences, static5 } from '../testing/ais.js';
import { draftsOf, refusals } from '../testing/read.js';
import { readAis } from './ais.js';
import { AisGathering } from './gathering.js';
import { checksum } from './sentence.js';

const NOW = Date.UTC(2026, 11, 30, 8);
const position = sentences(classA(1))[0]!;
const voyage = sentences(static5('BEANR', [1, 2, 6, 30]));
const read = (text: string) => readAis(text, { received: NOW });

/** Adds lines, and takes the message they make; each a second after the one before. */
function gather(interval = 0) {
  const gathering = new AisGathering({ interval });
  let now = NOW;
  return {
    gathering,
    message: (...lines: string[]) => {
      for (const line of lines) gathering.add(line, (now += 1000));
      return gathering.take(now);
    },
  };
}

describe('a stream of AIS sentences', () => {
  it('becomes messages that say all by themselves: what a vessel said of itself comes along', () => {
    const { message } = gather();
    message(...voyage, position);
    const later = message(position, position)!;
    expect(later).toMatchObject({ taken: 2, leftOut: 0, incomplete: 0 });
    const drafts = draftsOf(read(later.text));
    expect(drafts).toHaveLength(2);
    for (const { data } of drafts)
      expect(data).toMatchObject({ transport: { imo: '9074729' }, destinationCode: 'BEANR' });
  });

  it('says the same as the sentences would all together, wherever it is cut', () => {
    const said = (mmsi: number): fc.Arbitrary<Field[]> =>
      fc.constantFrom(
        ...[static5('BEANR', [1, 2, 6, 30]), static5('ANTWERP', [0, 0, 24, 60]), classA(1), classA(3, 3.5, 51)].map(
          (fields) => saidBy(mmsi, fields),
        ),
      );
    const lines = fc
      .array(fc.constantFrom(244660000, 244660001, 205000000).chain(said), { maxLength: 30 })
      .map((all) => all.flatMap((fields, index) => sentences(fields, 60, String(index % 10)).map(timed)));
    fc.assert(
      fc.property(lines, fc.array(fc.nat(60)), (all, cuts) => {
        const { gathering, message } = gather();
        const places = [...cuts.filter((cut) => cut < all.length).sort((a, b) => a - b), all.length];
        const texts = places.map((cut, index) => message(...all.slice(places[index - 1] ?? 0, cut))?.text ?? '');
        expect(gathering.size).toBe(0);
        const drafts = texts.filter((text) => text !== '').flatMap((text) => draftsOf(read(text)));
        expect(drafts).toEqual(all.length === 0 ? [] : draftsOf(read(all.join('\n'))));
      }),
    );
  });

  it('joins parts that come in different messages and in any order', () => {
    const { message } = gather();
    expect(message(position, voyage[1]!)).toMatchObject({ taken: 1 });
    const { text, taken } = message(voyage[0]!, position)!;
    expect(taken).toBe(3);
    expect(draftsOf(read(text))).toMatchObject([{ data: { destination: 'BEANR' } }]);
  });

  it('takes one position of a vessel within the interval, and counts what it leaves out', () => {
    const { message } = gather(60_000);
    const other = sentences(saidBy(205000000, classA(1)))[0]!;
    expect(message(position, other, position, position)).toMatchObject({ taken: 2, leftOut: 2 });
    expect(message(...Array<string>(60).fill(position))).toMatchObject({ taken: 1, leftOut: 59 });
  });

  it('counts parts that wait in vain, and never joins them to others', () => {
    const { gathering, message } = gather();
    expect(message(voyage[0]!)).toBeUndefined();
    expect(message(...Array<string>(12).fill(position))).toMatchObject({ taken: 12, incomplete: 1 });
    expect(message(voyage[0]!)).toBeUndefined();
    gathering.end();
    expect(message(voyage[1]!)).toMatchObject({ taken: 0, incomplete: 1, text: '' });
  });

  it('leaves what is wrong in its place, to be rejected with its reason', () => {
    const { text } = gather().message('garbage', position.replace(/..$/, 'ZZ'), position, '$GPGGA,1', '')!;
    expect(refusals(read(text)).map(([, pointer]) => pointer)).toEqual(['/1', '/2']);
    expect(draftsOf(read(text))).toHaveLength(1);
  });

  it("keeps the receiver's clock with the sentence it is of", () => {
    const clock = '$PGHP,1,2025,1,1,0,0,2,0,244,0,,1,72*21';
    const { text } = gather().message(voyage[0]!, clock, voyage[1]!, clock, position)!;
    expect(draftsOf(read(text))).toMatchObject([{ time: '2025-01-01T00:00:02Z' }]);
  });
});

/** With the time of a tag block, so that the time of reception does not matter. */
function timed(line: string): string {
  const tag = 'c:1735689600';
  return `\\${tag}*${checksum(tag)}\\${line}`;
}
