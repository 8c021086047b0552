import type { EventDraft } from '@portolan/domain';
import { printable } from '../output.js';
import type { DryEvent, DryItem } from './dry-run.js';

const WIDTH = 160;
const SUBJECT = 16;

/** For people: a line for each event with its key facts, what is doubtful below it; for what is rejected each place and reason. */
export function linesOf(item: DryItem): string[] {
  const { index, pointer, events = [], rejected = [] } = item;
  if (rejected.length === 0 && events.length === 0)
    return [`${'-'.padEnd(20)} item ${index}${at(pointer)}: says nothing that is planned with`];
  return [
    ...events.flatMap(linesOfEvent),
    ...rejected.map(
      ({ pointer: place, value, message }) =>
        `${'rejected'.padEnd(20)} item ${index}${at(place)}${found(value)}: ${printable(message)}`,
    ),
  ];
}

function linesOfEvent({ event, flags = [], duplicate }: DryEvent): string[] {
  const kind = event.type.replace('org.portolan.', '').padEnd(20);
  const subject = printable(event.subject ?? '-').padEnd(SUBJECT);
  const again = duplicate ? ' (said before)' : '';
  return [
    `${kind} ${subject} ${event.time}  ${factsOf(event)}${again}`,
    ...flags.map((flag) => `${''.padEnd(20)} ? ${printable(flag)}`),
  ];
}

/** What the data says, without what is on the line already, of unknown meaning, or a doubt. */
function factsOf({ data, subject, time }: EventDraft): string {
  const { extensions: _unknown, flags: _doubts, ...known } = data as Record<string, unknown>;
  const facts = Object.entries(known)
    .filter(([, value]) => value !== undefined && value !== subject && value !== time)
    .map(([name, value]) => `${name} ${factText(value)}`);
  const line = facts.join(', ');
  return line.length > WIDTH ? `${line.slice(0, WIDTH - 1)}…` : line;
}

function factText(value: unknown): string {
  if (Array.isArray(value)) return value.length > 3 ? `${value.length} of them` : value.map(factText).join(' + ');
  if (typeof value !== 'object' || value === null) return printable(String(value));
  return Object.values(value).map(factText).join(' ');
}

const at = (pointer: string): string => ` ${printable(pointer) || '/'}`;

const found = (value: unknown): string =>
  value === undefined ? '' : ` (${printable(JSON.stringify(value) ?? '').slice(0, 80)})`;
