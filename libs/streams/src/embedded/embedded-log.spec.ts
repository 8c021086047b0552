import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventLogContract } from '../testing/event-log-contract.js';
import { topics } from '../log.js';
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

describe('a compacted topic of the embedded log', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'portolan-log-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  it('has one record of each key, and takes no more room however often they are replaced', async () => {
    const log = await openEmbeddedLog({ directory });
    const value = randomBytes(100_000);
    const replace = async (times: number) => {
      for (let i = 0; i < times; i++)
        await log.append(
          topics.snapshots,
          ['a', 'b', 'c'].map((key) => ({ key, value })),
        );
      return statSync(join(directory, 'data.mdb')).size;
    };
    const before = await replace(10);
    const after = await replace(50);
    expect(after).toBeLessThan(1.5 * before);
    expect((await log.read(topics.snapshots, 0, 0, 1000)).map(({ key, offset }) => [key, offset])).toEqual([
      ['a', 177],
      ['b', 178],
      ['c', 179],
    ]);
    await log.close();
  });
});
