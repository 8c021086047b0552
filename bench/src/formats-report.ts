import { standardNamed } from '@portolan/formats';
import type { FormatFigures } from './format-figures.js';
import type { FormatSubject } from './format-subjects.js';
import { machine, table, thousands } from './report.js';

/** The figures as a page of Markdown. */
export const formatsPage = (figures: readonly FormatFigures[], about: { date: string; command: string }): string =>
  `# Benchmarks of the message formats

Measured by \`${about.command}\` on ${about.date}, in one run: ${machine()}. From the bytes of one message to its checked events, by
the time of the processor and all threads of the process, garbage collection among them; the median of several rounds, each of many messages in a row. A message has as many items as \`send\` puts
into one (\`--count\`), and the engine as much room for what is new as in our images (\`--max-semi-space-size\`, ADR 19). Inputs are made by the benchmark,
the same for the same seed, and every item in them is accepted.

The _bare parse_ is the least that any reader has to do with these bytes. It takes turns with ours in the same process; _times_ is how many times as
long ours takes, and says more than the figures of a machine that others use as well.

${table(['standard', 'of', 'a second', 'goal', 'MB a second', 'events', 'bare parse', 'MB a second', 'times'], figures.map(rowOf))}
`;

const rowOf = (figures: FormatFigures): string[] => {
  const { subject, units, events, megabytes, milliseconds, bareMilliseconds } = figures;
  const perSecond = (amount: number, time: number) => (1000 * amount) / time;
  return [
    titleOf(subject),
    subject.unit,
    thousands(perSecond(units, milliseconds)),
    goalOf(subject),
    perSecond(megabytes, milliseconds).toFixed(1),
    thousands(perSecond(events, milliseconds)),
    subject.barely,
    perSecond(megabytes, bareMilliseconds).toFixed(0),
    `${(milliseconds / bareMilliseconds).toFixed(1)} ×`,
  ];
};

const goalOf = ({ goal, goalMegabytes }: FormatSubject): string =>
  goal !== undefined ? thousands(goal) : goalMegabytes === undefined ? '–' : `${goalMegabytes} MB`;

/** Of one kind of message of a standard: the standard's name up to its list of kinds. */
function titleOf({ format, message }: FormatSubject): string {
  const title = standardNamed(format)?.title ?? format;
  return message === undefined ? title : `${title.replace(/ \(.*/, '')}, ${message}`;
}
