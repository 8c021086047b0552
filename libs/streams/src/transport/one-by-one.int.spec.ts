import { randomUUID } from 'node:crypto';
import { openKafkaLog } from '../kafka/kafka-log.js';
import type { KafkaClientName } from '../kafka/options.js';
import { topics } from '../log.js';
import { keepPassedOver } from '../passed-over.js';
import { numbered, text } from '../testing/event-log-contract.js';
import { Received, until } from '../testing/received.js';
import { describeWithServer } from '../testing/server.js';
import { oneByOne } from './one-by-one.js';

const clients: readonly KafkaClientName[] = ['kafkajs', 'platformatic'];

describeWithServer('PORTOLAN_TEST_KAFKA', (address) => {
  it.each(clients)('by %s: goes on without records that a handler stumbles over, and keeps them', async (client) => {
    const log = await openKafkaLog({ brokers: [address], client, partitions: 2 });
    try {
      const topic = `test-${randomUUID()}`;
      await log.append(topic, numbered('poisoned', 8));
      await log.append(topic, numbered('sound', 4));
      const received = new Received((batch) => {
        if (batch.some((record) => record.key === 'poisoned' && text(record) === '5')) throw new TypeError('stumbled');
      });
      const handle = oneByOne(received.handle, (record, error, tries) =>
        keepPassedOver(log, [{ record, reader: topic, reason: String(error), tries }]),
      );
      const settings = { group: topic, topics: [topic], from: 'committed' as const, onFailure: () => {} };
      await log.subscribe(settings, handle);
      await until(() => received.records.length === 11, 30_000);
      expect(received.of('poisoned').map(text)).toEqual(['0', '1', '2', '3', '4', '6', '7']);
      await until(async () => (await log.lag(topic, topic)).every((lag) => lag === 0), 10_000);
      const ends = await log.ends(topics.rejected);
      const last = await Promise.all(ends.map((end, id) => log.read(topics.rejected, id, Math.max(0, end - 200), 200)));
      const kept = last
        .flat()
        .map((record) => JSON.parse(text(record)) as { reader?: string; record: { offset: number } });
      expect(kept.filter(({ reader }) => reader === topic).map(({ record }) => record.offset)).toEqual([5]);
    } finally {
      await log.close();
    }
  });
});
