import { type EventLog, type LogRecord, partitionOf } from '@portolan/streams';

const FIRST_PAGE = 2;
const LARGEST_PAGE = 64;

/**
 * The newest record of a key, looked for from the end of its partition; `undefined` where there is none.
 * @param since by partition, from where on it may be; default anywhere
 * @param counts which records are looked for; default all of the key
 */
export async function newestOf(
  log: EventLog,
  topic: string,
  key: string,
  since: readonly number[] = [],
  counts: (record: LogRecord) => boolean = () => true,
): Promise<LogRecord | undefined> {
  const ends = await log.ends(topic);
  const partition = partitionOf(key, ends.length);
  const first = since[partition] ?? 0;
  let page = FIRST_PAGE;
  for (let to = ends[partition]!; to > first; to -= page, page = Math.min(2 * page, LARGEST_PAGE)) {
    const from = Math.max(first, to - page);
    const records = await log.read(topic, partition, from, to - from);
    const found = records.findLast((record) => record.key === key && record.offset < to && counts(record));
    if (found) return found;
  }
  return undefined;
}
