import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, open, type RootDatabase } from 'lmdb';
import { own } from './owner.js';

interface OwnerOnDisk {
  pid: number;
  started: string | undefined;
  processes: string;
}

describe('the owner of a data directory', () => {
  let directory: string;
  let root: RootDatabase;
  let meta: Database<unknown, string>;
  const claim = () => own(directory, root, meta);

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'portolan-owner-'));
    root = open({ path: directory });
    meta = root.openDB<unknown, string>({ name: 'meta' });
  });

  afterEach(async () => {
    await root.close();
    rmSync(directory, { recursive: true });
  });

  /** What this process writes about itself, left behind as by a kill. */
  const leftBehind = (): OwnerOnDisk => {
    const disown = claim();
    const owner = meta.get('owner') as OwnerOnDisk;
    disown();
    return owner;
  };
  const heardFrom = (secondsAgo: number) => {
    writeFileSync(join(directory, 'heartbeat'), '');
    const then = new Date(Date.now() - secondsAgo * 1000);
    utimesSync(join(directory, 'heartbeat'), then, then);
  };

  it('is written down while it has the directory, and gone afterwards', () => {
    const owner = leftBehind();
    expect(owner).toMatchObject({ pid: process.pid, started: expect.stringMatching(/^\d+$/) as string });
    expect(meta.get('owner')).toBeUndefined();
  });

  it('is taken over when its process is gone', () => {
    meta.putSync('owner', { ...leftBehind(), pid: 2 ** 22 + 1 });
    claim()();
  });

  it('is taken over when its pid belongs to a process that started at another time', () => {
    meta.putSync('owner', { ...leftBehind(), started: '1' });
    claim()();
  });

  it('in another container is respected while it gives a sign of life, and taken over after 10 s without', () => {
    meta.putSync('owner', { ...leftBehind(), processes: 'another container' });
    heardFrom(5);
    expect(claim).toThrow(/is in use by process/);
    heardFrom(11);
    claim()();
  });
});
