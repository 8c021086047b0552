import type { EventLog, LogRecord } from '@portolan/streams';

/** All records that a topic has now. @param starts by partition, the first offset wanted; default all */
export async function* recordsOf(
  log: EventLog,
  topic: string,
  atOnce: number,
  starts: readonly number[] = [],
): AsyncGenerator<readonly LogRecord[]> {
  for (const [partition, end] of (await log.ends(topic)).entries())
    for (let from = starts[partition] ?? 0; from < end;) {
      const records = (await log.read(topic, partition, from, atOnce)).filter(({ offset }) => offset < end);
      if (records.length === 0) break;
      yield records;
      from = records.at(-1)!.offset + 1;
    }
}
