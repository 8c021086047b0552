// Server processes: started on loopback with a folder of their own, stopped by their process id.
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { letGo, takeCareOf } from './care.mjs';

export const has = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

/** Runs a command to its end; its output is shown only when it fails. */
export const must = (command, args, options = {}) => {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', ...options });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${error ?? `${stdout}${stderr}`}`);
  return stdout;
};

/** A port nobody listens on at this moment. */
export const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** A new folder, which is removed with `removeFolder`, or when this process is gone. */
export const temporaryFolder = (name) => {
  const folder = mkdtempSync(join(tmpdir(), `portolan-${name}-`));
  takeCareOf({ folder });
  return folder;
};

/** A folder that stays when this process is gone. */
export const keepFolder = (folder) => letGo({ folder });

export const removeFolder = (folder) => {
  rmSync(folder, { recursive: true, force: true });
  letGo({ folder });
};

/** Starts a server whose output goes to a file in its folder. This process may end before it: then it is killed, unless `letAllGo` was called. */
export const startProcess = (command, args, folder) => {
  const output = openSync(join(folder, 'output.log'), 'w');
  const child = spawn(command, args, { detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  child.unref();
  endsWithUs(child);
  return { pid: child.pid, folder };
};

/** A child that is killed when this process is gone, however that came about. */
export const endsWithUs = (child) => {
  const { pid } = child;
  if (pid === undefined) return;
  takeCareOf({ pid });
  child.once('exit', () => letGo({ pid }));
};

export const outputOf = ({ folder }) => readFileSync(join(folder, 'output.log'), 'utf8');

/** Waits until `ready` is true; fails early when the process has ended. */
export const waitFor = async (server, ready, seconds) => {
  for (const end = Date.now() + seconds * 1000; !(await ready()); await sleep(100)) {
    if (!isRunning(server.pid)) throw new Error(`A server ended while starting:\n${outputOf(server)}`);
    if (Date.now() < end) continue;
    await killProcess(server);
    throw new Error(`A server was not ready within ${seconds} s:\n${outputOf(server)}`);
  }
};

/** Asks the process to end, kills it after `asked` seconds, and removes its folder. Throws where `killProcess` does; the folder then stays. */
export const stopProcess = async ({ pid, folder }, asked = 15, killed = 10) => {
  signal(pid, 'SIGTERM');
  if (!(await isGone(pid, asked))) await killProcess({ pid }, killed);
  letGo({ pid });
  removeFolder(folder);
};

/** Ends the process as a crash would; its folder stays. Throws when it is still there after so many seconds: then it hangs in the kernel. */
export const killProcess = async ({ pid }, seconds = 10) => {
  signal(pid, 'SIGKILL');
  if (!(await isGone(pid, seconds))) throw new Error(survived(pid, seconds));
  letGo({ pid });
};

const isGone = async (pid, seconds) => {
  for (const end = Date.now() + seconds * 1000; isRunning(pid); await sleep(10)) if (Date.now() > end) return false;
  return true;
};

const survived = (pid, seconds) => {
  const why = 'It may wait for a disk or a file system that does not answer.';
  return `Process ${pid} is still there ${seconds} s after SIGKILL, in state ${stateOf(pid) ?? 'unknown'}. ${why}`;
};

/** Sends a line to a port and gives what comes back first, or undefined when nobody answers. */
export const ask = (port, line) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(line));
    socket.setTimeout(1000, () => socket.destroy());
    socket.on('data', (data) => (resolve(data.toString()), socket.destroy()));
    socket.on('error', () => {}).on('close', () => resolve(undefined));
  });

const signal = (pid, name) => {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
};

/** An ended child that nobody has waited for (a zombie) is not running any more. */
export const isRunning = (pid) => {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return !stateOf(pid)?.startsWith('Z');
};

/** In the words of Linux, as `S (sleeping)`; undefined on other systems. */
const stateOf = (pid) => {
  try {
    return /^State:\s+(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
};
