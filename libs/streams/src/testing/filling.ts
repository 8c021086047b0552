// A program that appends to an embedded log until there is no room, tells so, and goes on when there is room again; at the end it tells
// whether the log has what was acknowledged, and nothing else. Argument: directory. Each line is JSON.
import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { openEmbeddedLog } from '../embedded/embedded-log.js';
import { LogError } from '../error.js';

const [directory = ''] = process.argv.slice(2);
const log = await openEmbeddedLog({ directory });
const tell = (line: object) => writeSync(1, `${JSON.stringify(line)}\n`);
const acknowledged: string[] = [];
let number = 0;

/** Three records, all or none of which are to be there. */
const append = async (): Promise<LogError | undefined> => {
  const ids = [1, 2, 3].map((part) => `${number}-${part}`);
  const records = ids.map((id) => ({ key: 'cell', value: `${id} `.repeat(600), dedupe: id }));
  try {
    await log.append('events', records);
    acknowledged.push(...ids);
    number += 1;
    return undefined;
  } catch (error) {
    if (error instanceof LogError) return error;
    throw error;
  }
};

const roomOf = async () => {
  try {
    await log.room?.();
    return 'there is room';
  } catch (error) {
    return (error as LogError).code;
  }
};

let full: LogError | undefined;
while (!full) full = await append();
// Small writes find room longer than large ones; several failures in a row harm nothing.
for (let times = 0; times < 5; times++) await append();
tell({ code: full.code, retriable: full.retriable, message: full.message, room: await roomOf() });
while (await append()) await pause(50);
for (let times = 0; times < 20; times++) await append();

const [end = 0] = await log.ends('events');
const found: string[] = [];
while (found.length < end) {
  const records = await log.read('events', 0, found.length, 500);
  found.push(...records.map(({ value }) => Buffer.from(value).toString().split(' ')[0]!));
}
await log.close();
tell({ room: 'again', found: found.length, same: JSON.stringify(found) === JSON.stringify(acknowledged) });
