import { PLAN_PUBLISHED, type Parsed, type PortolanEvent, parseEvent } from '@portolan/domain';
import type { Entry, Start } from './entry.js';

/**
 * A log as text: one CloudEvent a line (JSON format), in the order of the log. `sequence` (CloudEvents' sequence extension) is the
 * position. Behind an event that a live plan was the first to know comes a line that says so.
 */
export function* linesOf({ event, position, planned }: Entry): Generator<string> {
  yield `${JSON.stringify({ ...event, datacontenttype: 'application/json', sequence: String(position) })}\n`;
  if (planned) yield `${JSON.stringify(markOf(event, position, planned))}\n`;
}

const markOf = ({ partitionkey, recordedtime }: PortolanEvent, position: number, start: Start) => ({
  specversion: '1.0',
  id: `plan/${partitionkey}/${position}`,
  source: '/optimizer',
  type: PLAN_PUBLISHED,
  time: recordedtime,
  partitionkey,
  datacontenttype: 'application/json',
  data: { position, start },
});

/** What a line says: an event, a step of the live optimizer behind the event before, or what is wrong with it. */
export type Line =
  | { readonly kind: 'event'; readonly entry: Entry }
  | { readonly kind: 'planned'; readonly cell: string; readonly start: Start }
  | { readonly kind: 'fault'; readonly faults: (Parsed<never> & { ok: false })['faults'] };

/** @param count position of an event that names none */
export function lineIn(text: string, count: number): Line {
  const json = parsed(text);
  if (json === undefined) return { kind: 'fault', faults: [{ pointer: '', message: 'is not JSON' }] };
  const { type, partitionkey, data, sequence } = json as Record<string, unknown>;
  if (type === PLAN_PUBLISHED) return { kind: 'planned', cell: String(partitionkey), start: startIn(data) };
  const event = parseEvent(json);
  if (!event.ok) return { kind: 'fault', faults: event.faults };
  const position = typeof sequence === 'string' && /^\d{1,15}$/.test(sequence) ? Number(sequence) : count;
  return { kind: 'event', entry: { event: event.value, position } };
}

const startIn = (data: unknown): Start =>
  (data as { start?: unknown } | undefined)?.start === 'cold' ? 'cold' : 'warm';

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}
