import { type Millis, formatInstant } from '@portolan/domain';
import type { Beginnings } from '@portolan/replay';
import { CommandFailure, exitCodes } from '../exit.js';
import type { LogSource } from '../log/log-source.js';

const OTHERWISE = 'Without --from-snapshot the log is folded from its first event.';

/** The newest snapshots of a log; fails where it has none, where one is of another log or spoiled, or knows what is to be left out. */
export async function snapshotsFor(
  log: string,
  { snapshots }: LogSource,
  { cell, until = Infinity }: { readonly cell?: string; readonly until?: Millis },
): Promise<Beginnings> {
  if (!snapshots)
    throw new CommandFailure(
      exitCodes.wrongUse,
      `${log} has no snapshots: only live and folders of data, such as .portolan, have. ${OTHERWISE}`,
    );
  const found = await snapshots(cell);
  const wrong = found.faults.length > 0 ? found.faults : missing(found, cell);
  if (wrong.length > 0) throw rejected(log, wrong);
  const late = [...found.cells].filter(([, { memory }]) => memory.state.now > until);
  if (late.length > 0)
    throw rejected(
      log,
      late.map(([name, { memory }]) => tooLate(name, memory.state.now, until)),
    );
  for (const [name, { memory, live }] of found.cells) if (!live && memory.plannedAt >= 0) tellOfNoPlan(name);
  return found;
}

function tellOfNoPlan(cell: string): void {
  const why = 'was saved in the middle of planning, without its plan';
  process.stderr.write(
    `${cell}: the newest snapshot ${why}: the next ones cost the same, and may be others of the best\n`,
  );
}

function missing({ cells }: Beginnings, cell: string | undefined): string[] {
  if (cells.size > 0) return [];
  const what = cell === undefined ? 'it has no snapshot' : `it has no snapshot of cell ${cell}`;
  return [`${what} yet: a service writes one now and then (PORTOLAN_SNAPSHOT_EVENTS, PORTOLAN_SNAPSHOT_MINUTES)`];
}

const tooLate = (cell: string, now: Millis, until: Millis): string =>
  `the newest snapshot of cell ${cell} is of ${formatInstant(now)}: --until (${formatInstant(until)}) must be no earlier`;

const rejected = (log: string, reasons: readonly string[]): CommandFailure =>
  new CommandFailure(exitCodes.rejected, `${reasons.map((reason) => `${log}: ${reason}`).join('\n')}\n${OTHERWISE}`);
