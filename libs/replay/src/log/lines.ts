import { PLAN_PUBLISHED, type Parsed, type Resumption, parseEvent } from '@portolan/domain';
import type { Entry, Start } from './entry.js';

/**
 * A log as text: one CloudEvent a line (JSON format), in the order of the log. `sequence` (CloudEvents' sequence extension) is the
 * position. Behind an event that a live plan was the first to know comes a line that says so.
 */
export function* linesOf(entry: Entry): Generator<string> {
  const { event, position, planned } = entry;
  yield `${JSON.stringify({ ...event, datacontenttype: 'application/json', sequence: String(position) })}\n`;
  if (planned) yield `${JSON.stringify(markOf(entry, planned))}\n`;
}

const markOf = ({ event: { partitionkey, recordedtime }, position, kept }: Entry, planned: Start) => ({
  specversion: '1.0',
  id: `plan/${partitionkey}/${position}`,
  source: '/optimizer',
  type: PLAN_PUBLISHED,
  time: recordedtime,
  partitionkey,
  datacontenttype: 'application/json',
  data: {
    position,
    ...(typeof planned === 'string' ? { start: planned } : { start: 'warm', resumed: planned }),
    ...(kept !== undefined && { kept }),
  },
});

/** What a line says: an event, a step of the live optimizer behind the event before, or what is wrong with it. */
export type Line =
  | { readonly kind: 'event'; readonly entry: Entry }
  | { readonly kind: 'planned'; readonly cell: string; readonly step: Pick<Entry, 'planned' | 'kept'> }
  | { readonly kind: 'fault'; readonly faults: (Parsed<never> & { ok: false })['faults'] };

/** @param count position of an event that names none */
export function lineIn(text: string, count: number): Line {
  const json = parsed(text);
  if (json === undefined) return { kind: 'fault', faults: [{ pointer: '', message: 'is not JSON' }] };
  const { type, partitionkey, data, sequence } = json as Record<string, unknown>;
  if (type === PLAN_PUBLISHED) return { kind: 'planned', cell: String(partitionkey), step: stepIn(data) };
  const event = parseEvent(json);
  if (!event.ok) return { kind: 'fault', faults: event.faults };
  const position = typeof sequence === 'string' && /^\d{1,15}$/.test(sequence) ? Number(sequence) : count;
  return { kind: 'event', entry: { event: event.value, position } };
}

/** What others may have written: what it lacks, or says wrongly, is as if it were not there. */
function stepIn(data: unknown): Pick<Entry, 'planned' | 'kept'> {
  const { start, resumed, kept } = (data ?? {}) as Record<string, unknown>;
  const planned = start === 'cold' ? 'cold' : (resumptionIn(resumed) ?? 'warm');
  return { planned, ...(isPosition(kept) && { kept }) };
}

function resumptionIn(resumed: unknown): Resumption | undefined {
  const { from, over } = (resumed ?? {}) as Record<string, unknown>;
  return isPosition(from) ? { from, ...(isPosition(over) && { over }) } : undefined;
}

const isPosition = (value: unknown): value is number => Number.isSafeInteger(value);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}
