import type { KeyFigures } from '@portolan/replay';

type Column = readonly [title: string, width: number, text: (figures: KeyFigures) => string];

const whole = (value: number): string => Math.round(value).toLocaleString('en');

const columns: readonly Column[] = [
  ['now', 20, ({ now }) => now.replace('T', ' ').replace(/:\d\dZ$/, 'Z')],
  ['cell', 12, ({ cell }) => cell.slice(0, 12)],
  ['events', 8, ({ events }) => whole(events)],
  ['demands', 8, ({ demands }) => whole(demands)],
  ['objective', 14, ({ objective }) => whole(objective.total)],
  ['gap', 8, ({ gap }) => (gap === 0 ? '0' : gap.toExponential(0))],
  ['unserved', 9, ({ unserved }) => whole(unserved.quantity)],
  ['late', 8, ({ late }) => whole(late.quantity)],
  ['late h', 8, ({ late }) => whole(late.hours)],
  ['t CO2e', 8, ({ co2eKg }) => (co2eKg / 1000).toFixed(1)],
  ['full', 6, ({ bottlenecks }) => whole(bottlenecks)],
  ['new', 5, ({ recommendations }) => whole(recommendations.opened)],
];

const line = (cells: readonly string[]): string =>
  `${cells.map((cell, index) => (index < 2 ? cell.padEnd(columns[index]![1]) : cell.padStart(columns[index]![1]))).join(' ')}\n`;

export const heading = (): string => line(columns.map(([title]) => title));
/** One planning step as a line. */
export const row = (figures: KeyFigures): string => line(columns.map(([, , text]) => text(figures)));
