// Which servers `start.mjs` left running, for `stop.mjs`.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isRunning } from './process.mjs';

const file = fileURLToPath(new URL('../../.cache/servers.json', import.meta.url));

export const remember = (state) => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(state, null, 2));
};

export const remembered = () => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);

/** Whether all of them are still there. A container's state is Docker's to know. */
export const isComplete = ({ servers }) => servers.every(({ pid }) => pid === undefined || isRunning(pid));

export const forget = () => rmSync(file, { force: true });
