// Debian's redis-server on a free port: in memory only, or with every write on disk before it is answered.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, freePort, has, must, startProcess, temporaryFolder, waitFor } from './process.mjs';

/** A new server, in a folder of its own. `durable`: what it has answered is there again after it was killed. */
export const startRedis = async ({ durable = false } = {}) => {
  if (!has('redis-server')) install();
  const port = await freePort();
  const folder = temporaryFolder('redis');
  const persistence = durable ? { appendonly: 'yes', appendfsync: 'always' } : { appendonly: 'no' };
  const settings = { port, bind: '127.0.0.1', save: '""', dir: folder, ...persistence };
  const lines = Object.entries(settings).map(([name, value]) => `${name} ${value}\n`);
  writeFileSync(join(folder, 'redis.conf'), lines.join(''));
  return { ...(await runRedis(folder)), address: `127.0.0.1:${port}` };
};

/** Starts the server of a folder, again after it was stopped or killed. */
export const runRedis = async (folder) => {
  const settings = join(folder, 'redis.conf');
  const [, port] = /^port (\d+)$/m.exec(readFileSync(settings, 'utf8'));
  const server = startProcess('redis-server', [settings], folder);
  await waitFor(server, async () => (await ask(Number(port), 'PING\r\n'))?.startsWith('+PONG'), 15);
  return server;
};

const install = () => {
  if (!has('apt-get') || process.getuid?.() !== 0)
    throw new Error('redis-server is missing. Install it, start Docker, or set PORTOLAN_TEST_REDIS=host:port.');
  must('sh', ['-c', 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq redis-server']);
};
