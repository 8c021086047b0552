import { randomUUID } from 'node:crypto';
import { canRunKafka, runKafka, startKafka, stopProcess } from '../../../../tools/servers/servers.mjs';
import { text } from '../testing/event-log-contract.js';
import { Received, until } from '../testing/received.js';
import { openKafkaLog } from './kafka-log.js';
import type { KafkaClientName } from './options.js';

const why = canRunKafka() ? '' : ' (skipped: no Java and Maven to run a broker that may be killed)';

(canRunKafka() ? describe : describe.skip)(`the Kafka log when its broker is killed${why}`, () => {
  it.each<KafkaClientName>(['kafkajs', 'platformatic'])(
    'by %s: loses and doubles nothing of callers that try again with the same ids, and goes on delivering',
    async (client) => {
      const broker = await startKafka();
      const log = await openKafkaLog({ brokers: [broker.address], client, partitions: 2 });
      const topic = `test-${randomUUID()}`;
      const received = new Received();
      const failures: unknown[] = [];
      const settings = {
        group: topic,
        from: 'committed' as const,
        onFailure: (failure: unknown) => failures.push(failure),
      };
      await log.subscribe({ ...settings, topics: [topic] }, received.handle);

      let stopped = false;
      const acknowledged: string[] = [];
      let refused = 0;
      const appending = Array.from({ length: 4 }, async (_, caller) => {
        for (let i = 0; !stopped;) {
          const id = `${caller}-${i}`;
          const appended = await log
            .append(topic, [{ key: `cell-${caller}`, value: id, dedupe: id }])
            .catch((error) => {
              expect(error).toMatchObject({ code: 'log-unreachable', retriable: true });
              refused += 1;
            });
          if (appended) acknowledged.push(id);
          if (appended) i += 1;
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      });

      await until(() => acknowledged.length > 100, 20_000);
      process.kill(broker.pid, 'SIGKILL');
      await until(() => refused > 0, 30_000);
      const during = acknowledged.length;
      const again = await runKafka(broker.folder);
      await until(() => acknowledged.length > during + 100, 60_000);
      stopped = true;
      await Promise.all(appending);

      const ends = await log.ends(topic);
      const parts = await Promise.all(ends.map((end, partition) => log.read(topic, partition, 0, end)));
      const values = parts.flat().map(text);
      await until(() => new Set(received.records.map(text)).size === values.length, 60_000);
      await log.close();
      await stopProcess(again);

      expect(new Set(values).size).toBe(values.length);
      expect(acknowledged.filter((id) => !values.includes(id))).toEqual([]);
      for (let caller = 0; caller < 4; caller++) {
        const own = values.filter((value) => value.startsWith(`${caller}-`));
        expect(own).toEqual(own.map((_, i) => `${caller}-${i}`));
      }
    },
    180_000,
  );
});
