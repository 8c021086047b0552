import { type PositionedEvent, emptyState, foldBatch } from '@portolan/domain';
import { type EncodedEvent, decodeEvent } from '@portolan/formats';
import { median } from '../statistics.js';

export interface CpuFigures {
  /** Microseconds of CPU that an event takes, garbage collection included. */
  readonly decode: number;
  readonly fold: number;
}

const ROUNDS = 5;
const BATCH = 500;

/** What decoding and folding take by themselves, whatever else the machine does: on one cell, in batches of 500. */
export function cpuOf(records: readonly EncodedEvent[]): CpuFigures {
  const bytes = records.map(({ value, headers }) => ({ value: Buffer.from(value), headers }));
  const rounds = Array.from({ length: ROUNDS }, () => {
    let events: PositionedEvent[] = [];
    const decode = cpuTime(() => (events = bytes.map(eventAt)));
    const fold = cpuTime(() => {
      let state = emptyState('cell');
      for (let at = 0; at < events.length; at += BATCH) state = foldBatch(state, events.slice(at, at + BATCH));
    });
    return { decode: (1000 * decode) / records.length, fold: (1000 * fold) / records.length };
  });
  return { decode: median(rounds.map(({ decode }) => decode)), fold: median(rounds.map(({ fold }) => fold)) };
}

function eventAt(record: Parameters<typeof decodeEvent>[0], position: number): PositionedEvent {
  const decoded = decodeEvent(record);
  if (!decoded.ok) throw new Error(`not an event: ${decoded.faults[0]!.message}`);
  return { event: decoded.value, position };
}

/** Milliseconds of this process, all threads. */
function cpuTime(work: () => void): number {
  globalThis.gc?.();
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
