import { type Reading, readMessage } from '@portolan/formats';
import type { FormatSubject } from './format-subjects.js';
import { median } from './statistics.js';

/** Figures of one standard; times of one reading are of the processor, of this process, in milliseconds, medians of all rounds. */
export interface FormatFigures {
  readonly subject: FormatSubject;
  readonly units: number;
  readonly events: number;
  readonly megabytes: number;
  readonly milliseconds: number;
  readonly bareMilliseconds: number;
}

export interface Measuring {
  /** Items of a message. */
  readonly count: number;
  /** Messages read in a row, in each round. */
  readonly messages: number;
  readonly rounds: number;
  readonly seed: number;
}

/** Rounds that only warm the compiler. */
const WARM = 1;

/** Before each round so many more are read that are not counted, as a share. */
const UNCOUNTED = 0.4;

/** Ours and the bare parse take turns on the same bytes, so that whatever else the machine does hits both. */
export function figuresOf(subject: FormatSubject, { count, messages, rounds, seed }: Measuring): FormatFigures {
  const input = subject.input(count, seed);
  const bytes = typeof input === 'string' ? Buffer.from(input) : input;
  const ours: number[] = [];
  const bare: number[] = [];
  let events = 0;
  for (let round = 0; round < WARM + rounds; round += 1) {
    const [read, took] = timed(messages, () =>
      readMessage({ body: bytes, format: subject.format }, { received: RECEIVED }),
    );
    const [, tookBare] = timed(messages, () => subject.bare(bytes));
    events = eventsIn(read, subject.format);
    if (round >= WARM) [ours, bare].forEach((all, which) => all.push([took, tookBare][which]!));
  }
  const [milliseconds, bareMilliseconds] = [median(ours), median(bare)];
  const units = subject.units?.(bytes) ?? count;
  return { subject, units, events, megabytes: bytes.length / 1e6, milliseconds, bareMilliseconds };
}

const RECEIVED = Date.UTC(2026, 2, 2, 8);

/**
 * One reading of many in a row, with all garbage that they leave collected as it comes. What others left is collected before;
 * the engine then forgets compiled code whose objects are all gone, as it does in no service that has messages in its hands.
 */
function timed<T>(messages: number, work: () => T): [T, number] {
  globalThis.gc?.();
  let value = work();
  for (let reading = 1; reading < UNCOUNTED * messages; reading += 1) value = work();
  const began = process.cpuUsage();
  for (let reading = 0; reading < messages; reading += 1) value = work();
  const { user, system } = process.cpuUsage(began);
  return [value, (user + system) / 1000 / messages];
}

/** A figure counts only where everything was read. */
function eventsIn(reading: Reading, format: string): number {
  if ('unreadable' in reading) throw new Error(`${format}: ${reading.unreadable[0]!.message}`);
  const wrong = reading.items.find((item) => !item.ok);
  if (wrong && !wrong.ok) throw new Error(`${format}: ${JSON.stringify(wrong.faults)}`);
  return reading.items.reduce((sum, item) => sum + (item.ok ? item.events.length : 0), 0);
}
