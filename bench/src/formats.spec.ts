import { figuresOf } from './format-figures.js';
import { formatSubjects } from './format-subjects.js';
import { formatsPage } from './formats-report.js';
import { median } from './statistics.js';

const measuring = { count: 60, messages: 2, rounds: 2, seed: 1 };

describe('the input of a benchmark', () => {
  it.each(formatSubjects.map((subject) => [`${subject.format} ${subject.message ?? ''}`, subject] as const))(
    'of %s is read whole, and the same for the same seed',
    (_, subject) => {
      expect(subject.input(60, 1)).toEqual(subject.input(60, 1));
      expect(subject.input(60, 2)).not.toEqual(subject.input(60, 1));
      const figures = figuresOf(subject, measuring);
      expect(figures.events).toBeGreaterThan(50);
      expect(figures.units).toBeGreaterThanOrEqual(60);
    },
  );

  it('that is not read whole is no figure', () => {
    const broken = { ...formatSubjects[0]!, input: () => '{"events":[{}]}' };
    expect(() => figuresOf(broken, measuring)).toThrow(/is no DCSA event/);
  });
});

it('the page has a row of each standard, with its figures', () => {
  const figures = { units: 1000, events: 900, megabytes: 2, milliseconds: 100, bareMilliseconds: 20 };
  const page = formatsPage([{ ...figures, subject: formatSubjects.find(({ format }) => format === 'csv')! }], {
    date: '2026-03-01',
    command: 'x',
  });
  expect(page).toContain(
    '| Tables of orders, lots and services | rows | 10 000 | 100 000 | 20.0 | 9 000 | `csv-parse` | 100 | 5.0 × |',
  );
});

it('the median is the middle, or the mean of the two in the middle', () =>
  expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]));
