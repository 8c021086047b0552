import type { LogRecord } from './log.js';

/** Records by their key, those of one key in their order. */
export function byKey(records: readonly LogRecord[]): Map<string, LogRecord[]> {
  const keys = new Map<string, LogRecord[]>();
  for (const record of records) {
    const known = keys.get(record.key);
    if (known) known.push(record);
    else keys.set(record.key, [record]);
  }
  return keys;
}
