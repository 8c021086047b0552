import type { Rejection, RejectionDetail, RetriedAll } from '@portolan/domain';
import { printable } from '../output.js';
import { aligned, found } from '../send/report.js';

const REASON = 90;

/** For people: a line for each rejection, the newest first. */
export function table(rejections: readonly Rejection[], isAll: boolean): string {
  if (rejections.length === 0) return 'nothing is rejected\n';
  const head = ['id', 'received', 'format', 'source', 'place', ...(isAll ? ['state'] : []), 'why'];
  return aligned([head, ...rejections.map((each) => row(each, isAll))], 'left')
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

function row(
  { id, received, format = '?', source = '-', pointer, record, faults, resolved }: Rejection,
  isAll: boolean,
): string[] {
  const [first, ...more] = faults;
  const why = `${first!.pointer}${found(first!.value)}: ${first!.message}`;
  const short = why.length > REASON ? `${why.slice(0, REASON - 1)}…` : why;
  const state = isAll ? [resolved ? 'resolved' : 'open'] : [];
  const cells = [
    id,
    received,
    format,
    source,
    record ? placeOf(record) : pointer || '(whole)',
    ...state,
    `${short}${more.length > 0 ? ` (and ${more.length} more)` : ''}`,
  ];
  return cells.map(printable);
}

/** For people: all that is wrong, and the message around it, the line of the fault marked. */
export function sheet(detail: RejectionDetail): string {
  const { id, cell, received, format, source, index, pointer, faults, inbox, record, resolved, message } = detail;
  const { reader, tries } = detail;
  const facts = [
    ['rejection', `${id}${resolved ? ' (resolved: accepted when it was tried again)' : ''}`],
    ['received', `${received}, for cell ${cell}`],
    ...(record ? [] : [['format', format ?? 'nothing of it could be read']]),
    ['source', source ?? '-'],
    ...(record ? [['record', placeOf(record)]] : []),
    ...(reader === undefined ? [] : [['reader', `${reader}, after ${tries} tries`]]),
    ...(inbox
      ? [
          ['item', index === undefined ? 'the whole message' : `${index}, at ${pointer || '/'}`],
          ['inbox', `partition ${inbox.partition}, offset ${inbox.offset}`],
        ]
      : []),
  ] as [string, string][];
  const head = facts.map(([name, fact]) => `${name.padEnd(10)} ${printable(fact)}`);
  const wrong = faults.map(
    ({ pointer: place, value, message: why }) => `  ${printable(`${place || '/'}${found(value)}: ${why}`)}`,
  );
  const shown = message ? excerpt(message) : record ? [] : ['The log keeps the message no more.'];
  return [...head, '', ...wrong, '', ...shown, ''].join('\n');
}

const placeOf = ({ topic, partition, offset }: NonNullable<Rejection['record']>): string =>
  `${topic}/${partition}/${offset}`;

function excerpt({ contentType, bytes, from, line, excerpt: text }: NonNullable<RejectionDetail['message']>): string[] {
  const lines = text.split('\n').map((each, place) => {
    const number = from + place;
    return `${number === line ? '>' : ' '} ${String(number).padStart(6)} | ${printable(each)}`;
  });
  return [`${bytes} bytes${contentType === undefined ? '' : `, ${printable(contentType)}`}`, ...lines];
}

/** For people: what a retry came to. */
export function outcome({ tried, resolved, rejected, accepted, duplicates }: Omit<RetriedAll, 'next'>): string {
  if (tried === 0) return 'nothing is rejected that was meant\n';
  return `${tried} tried again: ${resolved} resolved (${accepted} events new, ${duplicates} there before), ${rejected} still rejected\n`;
}
