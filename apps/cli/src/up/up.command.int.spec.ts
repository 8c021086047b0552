import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const [kafka, redis] = [process.env['PORTOLAN_TEST_KAFKA'], process.env['PORTOLAN_TEST_REDIS']];
const present = kafka !== undefined && redis !== undefined;
const withServers = present || process.env['CI'] === 'true' ? describe : describe.skip;

const program = fileURLToPath(new URL('../../bin/portolan.js', import.meta.url));
const START = /^Portolan is up at (\S+)/;

withServers(
  `portolan up on Kafka and Redis${present ? '' : ' (needs PORTOLAN_TEST_KAFKA and PORTOLAN_TEST_REDIS)'}`,
  () => {
    const children: ChildProcess[] = [];
    const up = async (cell: string): Promise<string> => {
      const args = ['up', '--port', '0', '--kafka', kafka!, '--redis', `redis://${redis}`];
      const env = { ...process.env, PORTOLAN_CELL: cell, PORTOLAN_LOG_LEVEL: 'error' };
      const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
      children.push(child);
      for await (const line of createInterface(child.stdout)) if (START.test(line)) return START.exec(line)![1]!;
      throw new Error('ended before it was up');
    };
    afterAll(() => children.forEach((child) => child.kill('SIGKILL')));

    it('takes messages, plans and answers; another process beside it has the same answers', async () => {
      const cell = `up-${randomUUID()}`;
      const [one, two] = await Promise.all([up(cell), up(cell)]);
      const orders = 'id,from,to,quantity,available\nO-1,BEANR,BELGG,1,2026-03-03T06:00:00Z\n';
      const headers = { 'content-type': 'text/csv' };
      const sent = await fetch(`${one}/v1/messages`, { method: 'POST', headers, body: orders });
      expect([sent.status, await sent.json()]).toEqual([202, expect.objectContaining({ rejected: [] })]);
      for (const url of [one, two]) {
        const shipments = async () => {
          const answer = await fetch(`${url}/v1/shipments?limit=100`);
          const { data = [] } = (await answer.json()) as { data?: { id: string }[] };
          return data.map(({ id }) => id);
        };
        for (let left = 300; !(await shipments()).includes('O-1'); left--) {
          expect(left).toBeGreaterThan(0);
          await pause(100);
        }
      }
      const ended = children.map((child) => once(child, 'exit'));
      children.forEach((child) => child.kill('SIGTERM'));
      expect((await Promise.all(ended)).map(([code]) => code as number)).toEqual([0, 0]);
    });
  },
);
