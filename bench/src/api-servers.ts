import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../tools/servers/servers.mjs';
import { endNode, hasEnded, startNode } from './child.js';
import { until } from './patience.js';

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
  const child = startNode([...flags, file, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const url = `http://127.0.0.1:${port}`;
  await untilItAnswers(child, `${url}${path}`);
  return { url, stop: () => endNode(child).then(() => {}) };
};

const untilItAnswers = (child: ChildProcess, url: string): Promise<void> => {
  const answers = async () => {
    if (hasEnded(child)) throw new Error(`A server ended with ${child.exitCode ?? child.signalCode}.`);
    const answer = await fetch(url).catch(() => undefined);
    return answer?.ok === true;
  };
  return until(answers, { seconds: 60, what: `an answer from ${url}` });
};
