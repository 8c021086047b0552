import { readMessage, standards } from '../../registry.js';
import { brokenBy } from './laws.js';
import { mutated } from './mutate.js';
import { ownSamplesOf, samplesOf } from './seeds.js';
import { shrunk } from './shrink.js';

const COUNT = 1000;
const reception = { received: Date.UTC(2026, 2, 2, 8) };

// `npm run fuzz` does the same a hundred times as often, and watches the memory.
describe('any message', () => {
  const named = standards.filter(({ name }) => samplesOf(name).length > 0);
  const without = ['port-call', 'dcsa-jit', 'release', 'edifact', 'next-mode', 'xlsx'];

  it('of every standard has samples to spoil (add them to seeds.ts)', () =>
    expect(standards.map(({ name }) => name).filter((name) => ownSamplesOf(name).length === 0)).toEqual(without));

  it.each(named.map(({ name }) => name))('of ours, of %s, is accepted whole', (name) => {
    for (const body of ownSamplesOf(name)) {
      const reading = readMessage({ body, format: name }, reception);
      expect('items' in reading && reading.items.filter(({ ok }) => !ok)).toEqual([]);
    }
  });

  it.each(named.map(({ name, syntax }) => [name, syntax]))(
    'of %s, spoilt, keeps to the laws of readers',
    (name, syntax) => {
      const samples = samplesOf(name);
      for (let index = 0; index < COUNT; index += 1) {
        const bytes = mutated(samples, syntax === 'json', 1, index);
        const broken = brokenBy(bytes, name);
        if (broken !== undefined) throw new Error(`number ${index} ${broken}\n${bytes.toString().slice(0, 2000)}`);
      }
    },
    60_000,
  );
});

describe('a spoilt message', () => {
  it('is the same for the same seed and number', () => {
    const of = (seed: number, index: number) => mutated(samplesOf('csv'), false, seed, index).toString('latin1');
    expect(of(1, 5)).toBe(of(1, 5));
    expect(new Set(Array.from({ length: 50 }, (_, index) => of(1, index))).size).toBeGreaterThan(45);
  });

  it('is shortened to what makes it fail', () =>
    expect(shrunk(Buffer.from('....a........b...'), (bytes) => /a.*b/.test(bytes.toString())).toString()).toBe('ab'));
});
