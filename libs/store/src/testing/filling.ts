// A program that applies changes to an embedded store until there is no room, tells so, and goes on when there is room again; at the end it
// tells whether the store has what was acknowledged, and nothing else. Argument: directory. Each line is JSON.
import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { openEmbeddedReadModel } from '../embedded/embedded-read-model.js';
import { StoreError } from '../error.js';

const [directory = ''] = process.argv.slice(2);
const store = await openEmbeddedReadModel({ directory });
const tell = (line: object) => writeSync(1, `${JSON.stringify(line)}\n`);
let position = 0;

/** Two documents and the position, all or none of which are to be there. */
const apply = async (): Promise<StoreError | undefined> => {
  const puts = ['a', 'b'].map((part) => ({
    collection: 'shipments',
    id: `${String(position).padStart(6, '0')}-${part}`,
    document: { position, text: `${part} `.repeat(1000) },
  }));
  try {
    await store.apply({ scope: 'plans', position, puts, deletes: [] });
    position += 1;
    return undefined;
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
};

let full: StoreError | undefined;
while (!full) full = await apply();
for (let times = 0; times < 5; times++) await apply();
tell({ code: full.code, retriable: full.retriable, message: full.message });
while (await apply()) await pause(50);
for (let times = 0; times < 20; times++) await apply();
const [there] = await store.positions(['plans']);
const count = await store.count('shipments');
await store.close();
tell({ same: there === position - 1 && count === 2 * position });
