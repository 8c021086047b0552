import { standards } from '../../registry.js';
import { brokenBy } from './laws.js';
import { mutated } from './mutate.js';
import { samplesOf, subjectNamed, subjects } from './seeds.js';
import { shrunk } from './shrink.js';

const COUNT = 1000;

// `npm run fuzz` does the same a hundred times as often, and watches the memory.
describe('any message', () => {
  const named = subjects.map((subject) => [subject.name, subject] as const);

  it('of every standard has samples to spoil (add them to seeds.ts)', () =>
    expect(
      standards.map(({ name }) => name).filter((name) => !subjects.some((each) => each.standard === name)),
    ).toEqual([]));

  it.each(named)('of ours, of %s, is accepted whole', (_, { samples, read }) => {
    for (const body of samples) {
      const reading = read(body);
      expect('items' in reading ? reading.items.filter(({ ok }) => !ok) : reading.unreadable).toEqual([]);
      expect('items' in reading && reading.items.flatMap((item) => (item.ok ? item.events : []))).not.toEqual([]);
    }
  });

  it.each(named)(
    'of %s, spoilt, keeps to the laws of readers',
    (_, subject) => {
      const samples = samplesOf(subject);
      for (let index = 0; index < COUNT; index += 1) {
        const bytes = mutated(samples, subject.shape, 1, index);
        const broken = brokenBy(bytes, subject.read);
        if (broken !== undefined) throw new Error(`number ${index} ${broken}\n${bytes.toString().slice(0, 2000)}`);
      }
    },
    60_000,
  );
});

describe('a spoilt message', () => {
  it.each(['csv', 'release', 'xlsx'])('of %s is the same for the same seed and number', (name) => {
    const subject = subjectNamed(name);
    const of = (index: number) => mutated(samplesOf(subject), subject.shape, 1, index).toString('latin1');
    expect(of(5)).toBe(of(5));
    expect(new Set(Array.from({ length: 50 }, (_, index) => of(index))).size).toBeGreaterThan(40);
  });

  it('is shortened to what makes it fail', () =>
    expect(shrunk(Buffer.from('....a........b...'), (bytes) => /a.*b/.test(bytes.toString())).toString()).toBe('ab'));
});
