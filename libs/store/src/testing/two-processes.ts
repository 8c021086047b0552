import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';

const register = new URL('../../../../tools/register.mjs', import.meta.url);
const writer = fileURLToPath(new URL('./writer.ts', import.meta.url));

/**
 * Lets two processes apply the same positions of one scope to the store at `place` (a directory, or a Redis URL with `#prefix`) at the same time.
 * Gives the positions that each of them was told are applied.
 */
export const raceOfProcesses = (place: string, positions: number): Promise<number[][]> =>
  Promise.all(['one', 'two'].map((by) => run(place, by, positions)));

const run = async (place: string, by: string, positions: number): Promise<number[]> => {
  const child = spawn(process.execPath, ['--import', register.href, writer, place, by, `${positions}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const [printed, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  if (code !== 0) throw new Error(`The writer ended with ${code}.`);
  return JSON.parse(printed) as number[];
};
