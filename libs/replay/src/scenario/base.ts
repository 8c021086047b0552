import { type Millis, type PortolanEvent, formatInstant, parseInstant } from '@portolan/domain';
import type { Entries, Entry, Span } from '../log/entry.js';
import { isWithin } from '../run/replay.js';

/** The events of one cell that a what-if is about, and what they name. */
export interface Base {
  readonly cell: string;
  readonly entries: readonly Entry[];
  readonly events: readonly PortolanEvent[];
  /** Reception of the first and the last event. */
  readonly first: Millis;
  readonly last: Millis;
  /** The end that was asked for; default the last event. */
  readonly end: Millis;
  /** When what has no beginning of its own becomes known: at the end that was asked for, otherwise at the first moment. */
  readonly beginning: Millis;
}

/** The base in a log, or why there is none. Everything is kept in memory: variants go through it again and again. */
export async function baseOf(log: Entries, span: Span): Promise<Base | string> {
  const entries: Entry[] = [];
  const cells = new Set<string>();
  for await (const part of log)
    for (const entry of part)
      if (isWithin(entry, span)) {
        cells.add(entry.event.partitionkey);
        entries.push(entry);
      }
  if (cells.size > 1)
    return `the log has several planning cells: ${[...cells].sort().join(', ')}. Name one as base.cell`;
  const [cell] = cells;
  if (cell === undefined)
    return `the log has no event${span.cell === undefined ? '' : ` of cell ${span.cell}`} in that time`;
  const times = entries.map(({ event }) => parseInstant(event.recordedtime)!);
  const first = times.reduce((a, b) => Math.min(a, b));
  const last = times.reduce((a, b) => Math.max(a, b));
  return {
    cell,
    entries,
    events: entries.map(({ event }) => event),
    first,
    last,
    end: span.until ?? last,
    beginning: span.until ?? first,
  };
}

/** What a result says of its base. */
export const aboutBase = ({ first, end, entries }: Base, steps: number) => ({
  from: formatInstant(first),
  until: formatInstant(end),
  events: entries.length,
  steps,
});
