import { parseArgs } from 'node:util';
import { type FormatFigures, figuresOf } from './format-figures.js';
import { formatSubjects } from './format-subjects.js';
import { formatsPage } from './formats-report.js';
import { whole } from './options.js';
import { aboutRun, writePage } from './page.js';

// npm run bench:formats [-- --count ITEMS_OF_A_MESSAGE --rounds N --seed S --only STANDARD --out FOLDER]: from bytes to events, for each standard.
const args = process.argv.slice(2);
const { values } = parseArgs({
  args,
  options: {
    count: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '9' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string' },
    out: { type: 'string', default: 'docs' },
  },
});
/** Items read in a row, message after message, in each round. */
const IN_A_ROW = 100_000;

const count = whole('count', values.count);
const measuring = {
  count,
  messages: Math.ceil(IN_A_ROW / count),
  rounds: whole('rounds', values.rounds),
  seed: whole('seed', values.seed),
};
const figures: FormatFigures[] = [];
for (const subject of formatSubjects.filter(({ format: name }) => values.only === undefined || name === values.only)) {
  figures.push(figuresOf(subject, measuring));
  const { units, milliseconds, bareMilliseconds } = figures.at(-1)!;
  const ratio = (milliseconds / bareMilliseconds).toFixed(1);
  console.error(
    `${[subject.format, subject.message].join(' ').trim()}: ${Math.round((1000 * units) / milliseconds)} ${subject.unit}/s, ${ratio} × ${subject.barely}`,
  );
}
await writePage(values.out, 'benchmarks-formats.md', formatsPage(figures, aboutRun('bench:formats', args)));
