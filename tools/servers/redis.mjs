// Debian's redis-server on a free port, in memory only.
import { ask, freePort, has, must, startProcess, temporaryFolder, waitFor } from './process.mjs';

export const startRedis = async () => {
  if (!has('redis-server')) install();
  const port = await freePort();
  const folder = temporaryFolder('redis');
  const settings = { port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: folder };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, `${value}`]);
  const server = startProcess('redis-server', args, folder);
  await waitFor(server, async () => (await ask(port, 'PING\r\n'))?.startsWith('+PONG'), 15);
  return { ...server, address: `127.0.0.1:${port}` };
};

const install = () => {
  if (!has('apt-get') || process.getuid?.() !== 0)
    throw new Error('redis-server is missing. Install it, start Docker, or set PORTOLAN_TEST_REDIS=host:port.');
  must('sh', ['-c', 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq redis-server']);
};
