import { randomUUID } from 'node:crypto';
import { canRunKafka, runKafka, type Server, startKafka, stopProcess } from '../../../../tools/servers/servers.mjs';
import type { EventLog } from '../log.js';
import { text } from '../testing/event-log-contract.js';
import { Received, until } from '../testing/received.js';
import { openKafkaLog } from './kafka-log.js';
import type { KafkaClientName, KafkaLogOptions, KafkaNotice } from './options.js';

const why = canRunKafka() ? '' : ' (skipped: no Java and Maven to run a broker that may be killed)';

const disturbances = {
  /** The broker is killed, and started again once callers have noticed. */
  'is killed': async (broker: Server, noticed: () => Promise<void>) => {
    process.kill(broker.pid, 'SIGKILL');
    await noticed();
    return runKafka(broker.folder);
  },
  /** Connections stay, but nobody answers; then it goes on as if nothing had been. */
  'falls silent': async (broker: Server, noticed: () => Promise<void>) => {
    process.kill(broker.pid, 'SIGSTOP');
    await noticed();
    process.kill(broker.pid, 'SIGCONT');
    return broker;
  },
};
const clients: readonly KafkaClientName[] = ['kafkajs', 'platformatic'];

(canRunKafka() ? describe : describe.skip)(`the Kafka log when its broker goes${why}`, () => {
  const cases = Object.entries(disturbances).flatMap(([name, disturb]) =>
    clients.map((client) => ({ name, client, disturb })),
  );

  let running: Server;
  const opened: EventLog[] = [];
  const open = async (options: KafkaLogOptions) => {
    const log = await openKafkaLog(options);
    opened.push(log);
    return log;
  };
  afterEach(async () => {
    await stopProcess(running);
    await Promise.all(opened.splice(0).map((log) => log.close()));
  }, 60_000);

  it.each(cases)(
    '$name, by $client: callers that try again with the same ids lose and double nothing, and delivery goes on',
    async ({ client, disturb }) => {
      const broker = await startKafka();
      running = broker;
      const log = await open({ brokers: [broker.address], client, partitions: 2 });
      const topic = `test-${randomUUID()}`;
      const received = new Received();
      const settings = { group: topic, from: 'committed' as const, onFailure: () => {} };
      await log.subscribe({ ...settings, topics: [topic] }, received.handle);

      let stopped = false;
      const acknowledged: string[] = [];
      let refused = 0;
      const appending = Array.from({ length: 4 }, async (_, caller) => {
        for (let i = 0; !stopped;) {
          const id = `${caller}-${i}`;
          const record = { key: `cell-${caller}`, value: id, dedupe: id };
          const appended = await log.append(topic, [record]).catch((error) => {
            expect(error).toMatchObject({ code: 'log-unreachable', retriable: true });
            refused += 1;
          });
          if (appended) acknowledged.push(id);
          if (appended) i += 1;
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      });

      await until(() => acknowledged.length > 100, 20_000);
      let during = 0;
      running = await disturb(broker, async () => {
        await until(() => refused > 0, 60_000);
        during = acknowledged.length;
      });
      await until(() => acknowledged.length > during + 100, 60_000);
      stopped = true;
      await Promise.all(appending);

      const ends = await log.ends(topic);
      const parts = await Promise.all(ends.map((end, partition) => log.read(topic, partition, 0, end)));
      const values = parts.flat().map(text);
      await until(() => new Set(received.records.map(text)).size === values.length, 60_000);

      expect(new Set(values).size).toBe(values.length);
      expect(acknowledged.filter((id) => !values.includes(id))).toEqual([]);
      for (let caller = 0; caller < 4; caller++) {
        const own = values.filter((value) => value.startsWith(`${caller}-`));
        expect(own).toEqual(own.map((_, i) => `${caller}-${i}`));
      }
    },
    240_000,
  );

  it('nothing goes on of a log that was closed while its broker was away, with either client', async () => {
    const broker = await startKafka();
    running = broker;
    const noticed: string[] = [];
    const begin = async (client: KafkaClientName) => {
      const onNotice = ({ message }: KafkaNotice) => noticed.push(`${client}: ${message}`);
      const log = await open({ brokers: [broker.address], client, onNotice });
      const topic = `test-${randomUUID()}`;
      await log.subscribe({ group: topic, topics: [topic], from: 'committed', onFailure: () => {} }, async () => {});
    };
    await Promise.all(clients.map(begin));
    process.kill(broker.pid, 'SIGKILL');
    // kafkajs is now between two starts of its own, which is where it does not hear that it is stopped.
    await until(() => noticed.some((each) => each.startsWith('kafkajs: Restarting')), 60_000);
    await seconds(1);
    await Promise.all(opened.map((log) => log.close()));
    await seconds(8);
    const before = noticed.length;
    await seconds(4);
    expect(noticed.slice(before)).toEqual([]);
  }, 120_000);
});

const seconds = (count: number) => new Promise((resolve) => setTimeout(resolve, 1000 * count));
