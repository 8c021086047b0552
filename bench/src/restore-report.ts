import { loadavg } from 'node:os';
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

Measured by \`${command}\` on ${date}, in one run: ${machine()}, at a load average of ${Math.round(loadavg()[2]!)}. A cell of a synthetic hinterland is folded and saved by
one optimizer, and taken over by another one after more events have come (the _tail_; 5000 of them are as many as a partition gets, unless told otherwise, until it is saved again). The
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
  const rows = figures.flatMap(({ shipments, tail, read, tailFolded, live }) =>
    live
      ? [
          [
            thousands(shipments),
            thousands(tail),
            ...[live.cold, read + tailFolded + live.moved, live.moved, live.stayed, live.movedOn, live.stayedOn].map(
              seconds,
            ),
            live.difference.toExponential(0),
          ],
        ]
      : [],
  );
  if (rows.length === 0) return '';
  return `
## The live plan

On Kafka. _From nothing_ is the first plan of the cell, without which nobody could begin. The live plan comes back in the planning thread while the tail is folded. _Planned
after_ is from the beginning of the takeover to the published plan that knows the tail; _its step_ is that part of it in which the plan comes back, the tail is taken into
account, and recommendations are made, against the same step of the optimizer that had the cell all the time. _Next_ is the step for one event more. _Difference_ is how much
the costs of both optimizers' plans differ, relatively.

${table(['shipments', 'tail', 'from nothing', 'planned after', 'its step', 'who stayed', 'next', 'who stayed', 'difference'], rows)}
`;
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;
