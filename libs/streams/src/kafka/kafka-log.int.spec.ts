import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { ConfigResourceTypes, Kafka, logLevel, type Message } from 'kafkajs';
import { type EventLog, type LogRecord, topics } from '../log.js';
import { eventLogContract, numbered, text } from '../testing/event-log-contract.js';
import { Received, until } from '../testing/received.js';
import { describeWithServer } from '../testing/server.js';
import { openKafkaLog } from './kafka-log.js';
import type { KafkaClientName } from './options.js';

const clients: readonly KafkaClientName[] = ['kafkajs', 'platformatic'];

const unused = () => `test-${randomUUID()}`;

const withClient = (address: string, client: KafkaClientName) => {
  eventLogContract('Kafka', async () => ({
    open: () => openKafkaLog({ brokers: [address], partitions: 3, client }),
    topic: unused,
    partitions: 3,
    patience: 20_000,
    dispose: async () => {},
  }));

  describe('the Kafka log among others', () => {
    let log: EventLog;
    let topic: string;
    const kafka = new Kafka({ brokers: [address], logLevel: logLevel.NOTHING });
    const admin = kafka.admin();

    beforeAll(() => admin.connect());
    afterAll(() => admin.disconnect());
    beforeEach(async () => {
      log = await openKafkaLog({ brokers: [address], client, partitions: 1 });
      topic = unused();
    });
    afterEach(() => log.close());

    /** What a program that is not ours puts into a topic. */
    const produce = async (messages: Message[]) => {
      const producer = kafka.producer({ createPartitioner: () => () => 0 });
      await producer.connect();
      await producer.send({ topic, messages });
      await producer.disconnect();
    };

    it('makes topics that keep everything and take large messages', async () => {
      await log.ends(topic);
      const wanted = ['retention.ms', 'cleanup.policy', 'max.message.bytes'];
      const resources = [{ type: ConfigResourceTypes.TOPIC, name: topic, configNames: wanted }];
      const { resources: found } = await admin.describeConfigs({ resources, includeSynonyms: false });
      const settings = found[0]?.configEntries.map(({ configName, configValue }) => [configName, configValue]);
      expect(Object.fromEntries(settings ?? [])).toEqual({
        'retention.ms': '-1',
        'cleanup.policy': 'delete',
        'max.message.bytes': '33554432',
      });
    });

    it('makes topics of snapshots so that brokers compact them', async () => {
      const snapshots = `${topics.snapshots}.${topic}`;
      await log.ends(snapshots);
      const resources = [{ type: ConfigResourceTypes.TOPIC, name: snapshots, configNames: ['cleanup.policy'] }];
      const { resources: found } = await admin.describeConfigs({ resources, includeSynonyms: false });
      expect(found[0]?.configEntries[0]?.configValue).toBe('compact');
    });

    it('makes a topic once, for all processes that begin with it at the same moment', async () => {
      const others = await Promise.all([1, 2, 3, 4].map(() => openKafkaLog({ brokers: [address], partitions: 2 })));
      const received = new Received();
      const begin = async (each: EventLog, i: number) => {
        await each.subscribe({ group: `${topic}-${i}`, topics: [topic], from: 'beginning' }, received.handle);
        return each.append(topic, numbered('cell', 1));
      };
      const appended = await Promise.all(others.map(begin));
      await until(() => received.records.length === 16, 20_000);
      await Promise.all(others.map((each) => each.close()));
      expect(
        appended
          .flat()
          .map(({ offset }) => offset)
          .sort(),
      ).toEqual([0, 1, 2, 3]);
    });

    it('takes a topic as it is when it is there', async () => {
      await admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: 2 }] });
      expect(await log.ends(topic)).toEqual([0, 0]);
    });

    it('recognises what another process has appended in the meantime as duplicates', async () => {
      const other = await openKafkaLog({ brokers: [address], client });
      await log.append(topic, [{ key: 'cell', value: '1', dedupe: 'first' }]);
      const [second] = await other.append(topic, [{ key: 'cell', value: '2', dedupe: 'second' }]);
      expect(await log.append(topic, [{ key: 'cell', value: '2', dedupe: 'second' }])).toEqual([
        { ...second, duplicate: true },
      ]);
      expect(await other.append(topic, [{ key: 'cell', value: '1', dedupe: 'first' }])).toMatchObject([
        { offset: 0, duplicate: true },
      ]);
      await other.close();
    });

    it('remembers as many ids as it was told to, and appends again what is older', async () => {
      const forgetful = await openKafkaLog({ brokers: [address], client, partitions: 1, rememberedIds: 10 });
      await forgetful.append(
        topic,
        numbered('cell', 30).map((record, i) => ({ ...record, dedupe: `id-${i}` })),
      );
      await forgetful.close();
      const again = await openKafkaLog({ brokers: [address], client, rememberedIds: 10 });
      const results = await again.append(topic, [
        { key: 'cell', value: 'x', dedupe: 'id-25' },
        { key: 'cell', value: 'x', dedupe: 'id-3' },
      ]);
      await again.close();
      expect(results.map(({ duplicate }) => duplicate)).toEqual([true, false]);
    });

    it('reads records of other producers: without key, value or headers, with repeated headers and foreign encodings', async () => {
      await log.ends(topic);
      await produce([
        { value: null },
        { key: 'k', value: 'v', headers: { ce_id: Buffer.from('1'), tag: ['a', 'b'] } },
        { key: 'k', value: gzipSync('zipped by them'), headers: { 'content-encoding': 'gzip' } },
        { key: 'k', value: 'not zipped', headers: { 'content-encoding': 'gzip' } },
      ]);
      const records = await log.read(topic, 0, 0, 10);
      expect(records.map(({ key }) => key)).toEqual(['', 'k', 'k', 'k']);
      expect(records.map(text)).toEqual(['', 'v', 'zipped by them', 'not zipped']);
      expect(records.map(({ headers }) => headers)).toEqual([
        {},
        { ce_id: '1', tag: 'b' },
        {},
        { 'content-encoding': 'gzip' },
      ]);
    });

    it('gives records of other producers that are part of a transaction once it is committed, and never when it is aborted', async () => {
      await log.ends(topic);
      const producer = kafka.producer({ transactionalId: unused(), idempotent: true, maxInFlightRequests: 1 });
      await producer.connect();
      for (const [value, end] of [
        ['one', 'commit'],
        ['two', 'abort'],
        ['three', 'commit'],
      ] as const) {
        const transaction = await producer.transaction();
        await transaction.send({ topic, messages: [{ key: 'k', value }] });
        await transaction[end]();
      }
      await producer.disconnect();
      await log.append(topic, [{ key: 'k', value: 'ours' }]);
      const received = new Received();
      await log.subscribe({ group: topic, topics: [topic], from: 'committed' }, received.handle);
      await until(() => received.records.length === 3, 20_000);
      expect(received.records.map(text)).toEqual(['one', 'three', 'ours']);
      expect((await log.read(topic, 0, 0, 10)).map(text)).toEqual(['one', 'three', 'ours']);
    });

    it('begins at the first record that is kept, where the oldest were deleted', async () => {
      await log.append(topic, numbered('cell', 10));
      // The client finds the partition's leader only for topics it has asked about before.
      await admin.fetchTopicOffsets(topic);
      await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '6' }] });
      const received = new Received();
      const subscription = await log.subscribe({ group: topic, topics: [topic], from: 'beginning' }, received.handle);
      await until(() => received.records.length === 4, 20_000);
      await subscription.stop();
      expect(received.records.map(({ offset }) => offset)).toEqual([6, 7, 8, 9]);
      expect((await log.read(topic, 0, 0, 3)).map(({ offset }) => offset)).toEqual([6, 7, 8]);
      expect(await log.lag(`${topic}-new`, topic)).toEqual([4]);
    });

    it('gives the headers of other records to other consumers untouched, and the gzip of large ones as an encoding they know', async () => {
      const large = 'leg '.repeat(10_000);
      await log.append(topic, [{ key: 'cell', value: large, headers: { ce_id: '1', ce_type: 't' }, dedupe: '1' }]);
      const seen: Record<string, string>[] = [];
      const consumer = kafka.consumer({ groupId: unused() });
      await consumer.connect();
      await consumer.subscribe({ topics: [topic], fromBeginning: true });
      await consumer.run({
        eachMessage: async ({ message }) => {
          seen.push(Object.fromEntries(Object.entries(message.headers ?? {}).map(([k, v]) => [k, String(v)])));
        },
      });
      await until(() => seen.length === 1, 20_000);
      await consumer.disconnect();
      expect(seen).toEqual([{ ce_id: '1', ce_type: 't', 'content-encoding': 'gzip', 'portolan-dedupe': '1' }]);
    });

    it('hands the partitions of each topic only to members of the group that read the topic', async () => {
      const other = unused();
      const [one, two] = [new Received(), new Received()];
      const settings = { group: topic, from: 'committed' as const };
      const first = await log.subscribe({ ...settings, topics: [topic] }, one.handle);
      const second = await log.subscribe({ ...settings, topics: [topic, other] }, two.handle);
      await log.append(other, numbered('cell', 3));
      await until(() => two.records.length >= 3, 30_000);
      await Promise.all([first.stop(), second.stop()]);
      const topicOf = ({ topic: name }: LogRecord) => name;
      expect(new Set(two.records.map(topicOf))).toEqual(new Set([other]));
      expect(one.records).toEqual([]);
    });
  });
};

describeWithServer('PORTOLAN_TEST_KAFKA', (address) => {
  describe.each(clients)('by %s', (client) => withClient(address, client));
});
