import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventLogContract } from '../testing/event-log-contract.js';
import { openEmbeddedLog } from './embedded-log.js';

eventLogContract('embedded', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'portolan-log-'));
  let topics = 0;
  return {
    open: () => openEmbeddedLog({ directory, partitions: 3 }),
    topic: () => `topic-${(topics += 1)}`,
    partitions: 3,
    patience: 5_000,
    dispose: async () => rmSync(directory, { recursive: true }),
  };
});
