// A program that appends numbered records to an embedded log until it is killed, and prints what was acknowledged.
// Arguments: directory, name of this run. Each line: `run number offset`.
import { writeSync } from 'node:fs';
import { openEmbeddedLog } from '../embedded/embedded-log.js';

const [directory = '', run = ''] = process.argv.slice(2);
const log = await openEmbeddedLog({ directory });
writeSync(1, 'open\n');

const appendForEver = async (caller: number) => {
  for (let i = 0; ; i++) {
    const id = `${run}-${caller}-${i}`;
    const records = [1, 2, 3].map((part) => ({
      key: 'cell',
      value: `${id}-${part} `.repeat(1 + (i % 900)),
      dedupe: `${id}-${part}`,
    }));
    const appended = await log.append('crash', records);
    // Straight to the pipe: what a killed process had in its buffers would be missing here.
    writeSync(1, appended.map(({ offset }, part) => `${id}-${part + 1} ${offset}\n`).join(''));
  }
};

await Promise.all(Array.from({ length: 8 }, (_, caller) => appendForEver(caller)));
