import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readModelContract } from '../testing/read-model-contract.js';
import { raceOfProcesses } from '../testing/two-processes.js';
import { openEmbeddedReadModel } from './embedded-read-model.js';

const temporary = () => mkdtempSync(join(tmpdir(), 'portolan-store-'));

readModelContract('embedded', async () => {
  const directory = temporary();
  return {
    open: () => openEmbeddedReadModel({ directory }),
    dispose: async () => rmSync(directory, { recursive: true }),
  };
});

describe('the embedded read model of two processes', () => {
  it('stays fenced: every position is applied by one of them, and the last one is there', async () => {
    const directory = temporary();
    const applied = await raceOfProcesses(directory, 800);
    const store = await openEmbeddedReadModel({ directory });
    const latest = await store.get('race', 'latest');
    const [position] = await store.positions(['race']);
    await store.close();
    rmSync(directory, { recursive: true });
    expect(applied.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 800 }, (_, i) => i));
    expect(latest).toMatchObject({ position: 799, document: { position: 799 } });
    expect(position).toBe(799);
  }, 60_000);
});
