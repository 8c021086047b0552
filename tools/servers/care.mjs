// What this process has started ends with it, however it ends. A process of its own, the caretaker, hears of every server and folder, and notices when
// this one is gone, since a pipe to it closes: also after `kill -9`, when nobody here can do anything any more.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const caretaker = fileURLToPath(new URL('caretaker.mjs', import.meta.url));
const charges = new Set();
let pipe;

/** A process (`{ pid }`) that is killed, or a folder (`{ folder }`) that is removed, when this process is gone. */
export const takeCareOf = (charge) => {
  charges.add(JSON.stringify(charge));
  tell('take', charge);
};

/** It has ended, or may stay. */
export const letGo = (charge) => {
  if (charges.delete(JSON.stringify(charge))) tell('let-go', charge);
};

/** All that was started may stay when this process ends. */
export const letAllGo = () => {
  for (const charge of charges) letGo(JSON.parse(charge));
};

const tell = (what, charge) => {
  pipe ??= start();
  pipe.write(`${JSON.stringify({ what, charge })}\n`);
  if (charges.size > 0) return;
  pipe.end();
  pipe = undefined;
};

/** In a session of its own: a terminal's Ctrl+C is not for it. It keeps nobody from ending. */
const start = () => {
  const child = spawn(process.execPath, [caretaker], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  child.unref();
  child.stdin.unref();
  // Where it was killed, there is nobody to tell.
  child.stdin.on('error', () => {});
  return child.stdin;
};
