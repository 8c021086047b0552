import { type EventDraft, parseEvent } from '@portolan/domain';
import { canonicalText } from '../../json/content.js';
import { type Item, type Reading } from '../../reading.js';
import { MOST_MILLISECONDS, processorTimeOf } from './processor-time.js';

/** What a law broken says; `undefined` where all hold. */
export type Broken = string | undefined;

/** Reads bytes and tells which law of all readers is broken, if one is. */
export function brokenBy(bytes: Uint8Array, reader: (bytes: Uint8Array) => Reading): Broken {
  const read = () => reader(bytes);
  try {
    const { value: reading, milliseconds } = processorTimeOf(read);
    if (milliseconds > MOST_MILLISECONDS) return `takes more than ${MOST_MILLISECONDS} ms`;
    const text = JSON.stringify(reading);
    if (JSON.stringify(read()) !== text) return 'reads differently the second time';
    return brokenIn(reading);
  } catch (error) {
    return `throws ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
}

function brokenIn(reading: Reading): Broken {
  if ('unreadable' in reading) return reading.unreadable.length > 0 ? wordless(reading.unreadable) : 'says no reason';
  for (const item of reading.items) {
    const broken = brokenItem(item);
    if (broken !== undefined) return `item ${item.index}: ${broken}`;
  }
  return undefined;
}

function brokenItem(item: Item): Broken {
  if (item.ok) return item.events.map(brokenDraft).find((broken) => broken !== undefined);
  return item.faults.length > 0 ? wordless(item.faults) : 'is rejected without a reason';
}

/** A reason has words and a place: a JSON Pointer, empty or beginning with a slash. */
const wordless = (faults: readonly { readonly pointer: string; readonly message: string }[]): Broken =>
  faults.every(({ pointer, message }) => message !== '' && /^(?:\/|$)/.test(pointer))
    ? undefined
    : `has a reason without words or place: ${JSON.stringify(faults)}`;

/** What is accepted is an event of the log, once it has been written as JSON, and is kept as it was read. */
function brokenDraft(draft: EventDraft): Broken {
  const received = { specversion: '1.0', recordedtime: '2026-03-02T08:00:00Z', partitionkey: 'cell' };
  const written = JSON.parse(JSON.stringify({ ...draft, ...received })) as { data: unknown };
  const parsed = parseEvent(written);
  if (!parsed.ok) return `is accepted, and no event of the log: ${JSON.stringify(parsed.faults)}`;
  return canonicalText(parsed.value.data) === canonicalText(written.data) ? undefined : 'is kept otherwise than read';
}

/** The first reason for which anything of a message was refused; empty where nothing was. */
export function refusalOf(reading: Reading): string {
  if ('unreadable' in reading) return reading.unreadable[0]!.message;
  const refused = reading.items.find((item) => !item.ok);
  return refused?.ok === false ? refused.faults[0]!.message.slice(0, 200) : '';
}
