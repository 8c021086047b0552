import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../tools/servers/servers.mjs';

/** A server of HTTP as a process of its own. */
export interface HttpServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** A bare server of Fastify and ioredis on this Redis. */
export const startBare = async (redisPort: number): Promise<HttpServer> => {
  const port = await freePort();
  return started('./api-bare.ts', [port, redisPort].map(String), {}, port, '/none');
};

/** Our api as it is run, on this Redis and on an embedded log in this folder. Resolves when it is ready. */
export const startApi = async (redisPort: number, data: string): Promise<HttpServer> => {
  const port = await freePort();
  const env = {
    PORTOLAN_PORT: `${port}`,
    PORTOLAN_DATA: data,
    PORTOLAN_STORE: 'redis',
    PORTOLAN_REDIS_URL: `redis://127.0.0.1:${redisPort}`,
  };
  return started('../../apps/api/src/main.ts', [], env, port, '/health/ready');
};

const started = async (
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  port: number,
  path: string,
): Promise<HttpServer> => {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const flags = process.execArgv.filter((flag) => flag !== '--expose-gc');
  const child = spawn(process.execPath, [...flags, file, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  await untilItAnswers(child, `${url}${path}`);
  return { url, stop: () => stopped(child) };
};

const untilItAnswers = async (child: ChildProcess, url: string): Promise<void> => {
  for (const end = Date.now() + 60_000; Date.now() < end; await pause(100)) {
    if (child.exitCode !== null) throw new Error(`A server ended with ${child.exitCode}.`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
  }
  child.kill();
  throw new Error(`${url} did not answer within 60 s.`);
};

const stopped = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null) return;
  child.kill();
  await once(child, 'exit');
};
