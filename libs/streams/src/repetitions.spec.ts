import type { LogRecord } from './log.js';
import { Repetitions } from './repetitions.js';

const record = (offset: number, dedupe?: string, topic = 'portolan.events'): LogRecord => {
  const value = new Uint8Array();
  return { topic, partition: 0, offset, key: 'cell', value, headers: {}, timestamp: 0, ...(dedupe && { dedupe }) };
};
const offsets = (records: readonly LogRecord[]) => records.map(({ offset }) => offset);

describe('repetitions in a log', () => {
  it('are left out, within a batch and among batches', () => {
    const repetitions = new Repetitions();
    expect(offsets(repetitions.strip([record(0, 'a'), record(1, 'b'), record(2, 'a')]))).toEqual([0, 1]);
    expect(offsets(repetitions.strip([record(3, 'b'), record(4, 'c')]))).toEqual([4]);
  });

  it('are not what is delivered again from its own place', () => {
    const repetitions = new Repetitions();
    const batch = [record(0, 'a'), record(1, 'b'), record(2, 'a')];
    repetitions.strip(batch);
    expect(offsets(repetitions.strip(batch))).toEqual([0, 1]);
  });

  it('are a matter of one topic and of records that have an id', () => {
    const repetitions = new Repetitions();
    repetitions.strip([record(0, 'a'), record(1)]);
    expect(offsets(repetitions.strip([record(5, 'a', 'portolan.plans'), record(6), record(7)]))).toEqual([5, 6, 7]);
  });

  it('are remembered for as many ids as there is room for, the oldest first forgotten', () => {
    const repetitions = new Repetitions(2);
    repetitions.strip([record(0, 'a'), record(1, 'b'), record(2, 'c')]);
    expect(offsets(repetitions.strip([record(3, 'b'), record(4, 'a')]))).toEqual([4]);
  });
});
