import { Redis } from 'ioredis';
import { canRunRedis } from '../../../../tools/servers/servers.mjs';
import type { HostPort } from '../redis/options.js';

/** Tests that start servers of their own; where there is no redis-server they are skipped, and on CI they fail. */
export const describeWithOwnRedis = (name: string, tests: () => void): void => {
  const run = canRunRedis() || process.env.CI === 'true' ? describe : describe.skip;
  run(canRunRedis() ? name : `${name} (skipped: no redis-server)`, tests);
};

export const hostPort = (address: string): HostPort => {
  const [host, port] = address.split(':') as [string, string];
  return { host, port: Number(port) };
};

/** Asks a server something as an operator would. */
export const tell = async (port: number, command: string, ...args: readonly string[]): Promise<unknown> => {
  const client = new Redis({ port, host: '127.0.0.1', lazyConnect: true });
  await client.connect();
  try {
    return await client.call(command, ...args);
  } finally {
    client.disconnect();
  }
};
