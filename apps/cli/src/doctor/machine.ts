import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { dirname, resolve } from 'node:path';
import { type Finding, ill, look, well } from './finding.js';

const GB = 1e9;
/** Below, a log of some weeks may not find room. */
const LITTLE_DISK = 2 * GB;
/** What a plan of some thousand shipments takes. */
const LITTLE_MEMORY = 1.5 * GB;

const OLDEST_NODE = [20, 19] as const;

export function versions(portolan: string): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const found = `portolan ${portolan}, Node ${process.version}, ${process.platform} ${process.arch}`;
  const isOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
  return isOld ? ill('versions', found, `Node ${OLDEST_NODE.join('.')} or newer is needed.`) : well('versions', found);
}

export function machine(): Finding {
  const found = `${availableParallelism()} processors, ${gigabytes(totalmem())} of memory`;
  return totalmem() < LITTLE_MEMORY
    ? look('machine', found, 'Plans of thousands of shipments take more than a gigabyte.')
    : well('machine', found);
}

/** Where the folder of data is, or would be. */
export async function disk(data: string): Promise<Finding> {
  let folder = resolve(data);
  while (!existsSync(folder)) folder = dirname(folder);
  try {
    const { bavail, bsize } = await statfs(folder);
    const found = `${gigabytes(bavail * bsize)} free for ${data}`;
    return bavail * bsize < LITTLE_DISK
      ? look('disk', found, 'Make room, or set PORTOLAN_DATA to where there is more: a full disk stops the log.')
      : well('disk', found);
  } catch (error) {
    return ill('disk', error);
  }
}

const gigabytes = (bytes: number): string => `${(bytes / GB).toFixed(1)} GB`;
