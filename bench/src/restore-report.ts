import { machine, table, thousands } from './report.js';
import type { Takeover } from './takeover.js';

export interface RestoreFigures extends Takeover {
  readonly log: string;
  readonly shipments: number;
  readonly events: number;
  readonly tail: number;
}

/** The figures as a page of Markdown. */
export const restorePage = (figures: readonly RestoreFigures[], { date, command }: { date: string; command: string }) =>
  `# Benchmarks of taking over a cell

Measured by \`${command}\` on ${date}, in one run: ${machine()}. A cell of a synthetic hinterland is folded and saved by
one optimizer, and taken over by another one after more events have come (the _tail_; by default as many as a partition gets until it is saved again). The
goal is that 20 000 shipments are back within 5 s. How it works: [ADR 14](adr/0014-snapshots-in-the-log.md).

_From the events_ is without a snapshot. _Read_ is from the newest checkpoint to the state, with the newest plan where the cell was planned; then the
tail is folded, and the cell's planning problem derived. _Pause_ is the longest time for which the process could do nothing else while it saved the snapshot.

${table(['shipments', 'log', 'events', 'tail', 'from the events', 'read', 'tail folded', 'problem', 'back after', 'snapshot', 'saved in', 'pause'], figures.map(rowOf))}
${livePart(figures)}`;

const rowOf = (of: RestoreFigures): string[] => [
  thousands(of.shipments),
  of.log,
  thousands(of.events),
  thousands(of.tail),
  seconds(of.folded),
  ...[of.read, of.tailFolded, of.problem, of.read + of.tailFolded + of.problem].map(seconds),
  `${(of.size / 1e6).toFixed(1)} MB`,
  seconds(of.saved),
  `${Math.round(of.pause)} ms`,
];

function livePart(figures: readonly RestoreFigures[]): string {
  const rows = figures.flatMap(({ shipments, log, live }) =>
    live
      ? [
          [
            thousands(shipments),
            log,
            seconds(live.cold),
            seconds(live.moved),
            seconds(live.stayed),
            live.difference.toExponential(0),
          ],
        ]
      : [],
  );
  if (rows.length === 0) return '';
  return `
## The live plan

_From nothing_ is the first plan of the cell. Then the plan that knows the tail, as well: by the optimizer that took the cell over, and by the one that had
it all the time. _Difference_ is how much their costs differ, relatively.

${table(['shipments', 'log', 'from nothing', 'taken over', 'kept', 'difference'], rows)}
`;
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
