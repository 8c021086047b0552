import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedLog } from '@portolan/streams';
import { rejectionsContract } from '../testing/rejected-contract.js';

rejectionsContract('embedded', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'portolan-rejected-'));
  return {
    open: () => openEmbeddedLog({ directory, partitions: 3 }),
    cell: (name) => name,
    dispose: async () => rmSync(directory, { recursive: true }),
  };
});
