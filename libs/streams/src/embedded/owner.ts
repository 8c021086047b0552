import { readFileSync, readlinkSync, realpathSync, statSync, utimes, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Database, RootDatabase } from 'lmdb';
import { LogError } from '../error.js';

/** Who has a data directory open. */
interface Owner {
  readonly pid: number;
  /** Start of the process in clock ticks since boot, where the system tells: a pid alone may be given out again. */
  readonly started: string | undefined;
  /** In which process table the pid counts: a container restarted on the same volume has another one. */
  readonly processes: string;
}

const KEY = 'owner';
const BEAT_MS = 2_000;
const SILENT_AFTER_MS = 10_000;
const openHere = new Set<string>();

/**
 * Makes this process the only user of a data directory, or throws `log-in-use`. What a killed process left behind is taken over:
 * at once when its pid is gone, after 10 s without a sign of life when it ran in another container.
 * Two processes cannot both succeed, since the decision is made inside a write transaction, which LMDB grants to one at a time.
 */
export const own = (directory: string, root: RootDatabase, meta: Database<unknown, string>): (() => void) => {
  const place = realpathSync(directory);
  const heartbeat = join(place, 'heartbeat');
  root.transactionSync(() => {
    const before = meta.get(KEY) as Owner | undefined;
    if (openHere.has(place) || (before && isAlive(before, heartbeat))) throw inUse(place, before ?? self());
    meta.putSync(KEY, self());
  });
  return hold(place, heartbeat, () => meta.removeSync(KEY));
};

const hold = (place: string, heartbeat: string, forget: () => void): (() => void) => {
  openHere.add(place);
  writeFileSync(heartbeat, '');
  // A beat that fails is not worth a crash: the directory may just be on its way out.
  const beat = setInterval(() => utimes(heartbeat, new Date(), new Date(), () => {}), BEAT_MS).unref();
  return () => {
    clearInterval(beat);
    openHere.delete(place);
    forget();
  };
};

const self = (): Owner => ({ pid: process.pid, started: startOf(process.pid), processes: processTable() });

const isAlive = (owner: Owner, heartbeat: string): boolean => {
  if (owner.processes !== processTable()) return silence(heartbeat) < SILENT_AFTER_MS;
  return exists(owner.pid) && !isZombie(owner.pid) && startOf(owner.pid) === owner.started;
};

const exists = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const startOf = (pid: number): string | undefined => statOf(pid)[19];

/** Killed, and not yet reaped by its parent: it does nothing any more. */
const isZombie = (pid: number): boolean => statOf(pid)[0] === 'Z';

/** Fields of /proc/PID/stat from the third on; the name in field 2 may hold blanks and parentheses, hence the last one. */
const statOf = (pid: number): readonly string[] => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
};

const processTable = (): string => {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
};

const silence = (heartbeat: string): number => {
  const stat = statSync(heartbeat, { throwIfNoEntry: false });
  return stat === undefined ? Infinity : Date.now() - stat.mtimeMs;
};

const inUse = (place: string, owner: Owner): LogError =>
  new LogError(
    'log-in-use',
    `The data directory ${place} is in use by process ${owner.pid}. Stop that process, or give this one a directory of its own.`,
    true,
  );
