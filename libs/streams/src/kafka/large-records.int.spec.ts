import { createHash, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { ConfigResourceTypes, Kafka, logLevel } from 'kafkajs';
import type { LogError } from '../error.js';
import type { EventLog, NewRecord } from '../log.js';
import { text } from '../testing/event-log-contract.js';
import { Received, until } from '../testing/received.js';
import { describeWithServer } from '../testing/server.js';
import { openKafkaLog } from './kafka-log.js';
import type { KafkaClientName } from './options.js';

const clients: readonly KafkaClientName[] = ['kafkajs', 'platformatic'];
const MIB = 1024 * 1024;
const BROKERS_DEFAULT = 1_048_588;

/** Text of so many bytes that gzip cannot make much smaller: hexadecimal digits of hashes, which it halves. */
const noise = (bytes: number, seed = 1): string => {
  const hashes: string[] = [];
  for (let i = 0; hashes.length * 128 < bytes; i++)
    hashes.push(createHash('sha512').update(`${seed}/${i}`).digest('hex'));
  return hashes.join('').slice(0, bytes);
};

/**
 * What a planning step of a cell of 20 000 shipments comes to, as far as brokers can tell: the first of a synthetic hinterland of that size has
 * 13.4 MB, gzipped.
 */
const publication = (): string => {
  const shipments = Array.from({ length: 20_000 }, (_, i) => ({ shipment: `S-${i}`, itinerary: noise(1360, i) }));
  return JSON.stringify({ cell: 'antwerp', version: 1, shipments });
};

describeWithServer('PORTOLAN_TEST_KAFKA', (address) => {
  describe.each(clients)('by %s', (client) => {
    const admin = new Kafka({ brokers: [address], logLevel: logLevel.NOTHING }).admin();
    let topic: string;
    let log: EventLog;
    let warnings: string[];

    beforeAll(() => admin.connect());
    afterAll(() => admin.disconnect());
    beforeEach(async () => {
      topic = `test-${randomUUID()}`;
      warnings = [];
      const onWarning = (warning: string) => warnings.push(warning);
      log = await openKafkaLog({ brokers: [address], client, partitions: 1, onWarning });
    });
    afterEach(() => log.close());

    const limited = (bytes: number) => ({ name: 'max.message.bytes', value: String(bytes) });
    const madeBefore = (...configEntries: { name: string; value: string }[]) =>
      admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: 1, configEntries }] });
    const setLimit = (bytes: number) =>
      admin.alterConfigs({
        validateOnly: false,
        resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configEntries: [limited(bytes)] }],
      });
    const values = async () => (await log.read(topic, 0, 0, 1000)).map(text);

    it('a planning step of 20 000 shipments comes back byte for byte, to who reads and to who subscribes', async () => {
      const value = publication();
      expect(gzipSync(value).byteLength).toBeGreaterThan(14 * MIB);
      await log.append(topic, [{ key: 'antwerp', value, dedupe: 'plan/antwerp/1' }]);
      await log.append(topic, [{ key: 'antwerp', value: 'next' }]);
      const received = new Received();
      await log.subscribe({ group: topic, topics: [topic], from: 'beginning' }, received.handle);
      await until(() => received.records.length === 2, 30_000);
      const isSame = (found: readonly string[]) => found[0] === value && found[1] === 'next' && found.length === 2;
      expect(isSame(await values())).toBe(true);
      expect(isSame(received.records.map(text))).toBe(true);
      expect(warnings).toEqual([]);
    });

    describe('a topic that was made before, with the limit of the brokers', () => {
      const large: NewRecord = { key: 'antwerp', value: noise(3 * MIB), dedupe: 'large' };
      const small = (i: number): NewRecord => ({ key: 'ghent', value: `small ${i}`, dedupe: `small-${i}` });

      beforeEach(() => madeBefore());

      it('is warned of, with the command that raises it', async () => {
        await log.ends(topic);
        await log.append(topic, [small(0)]);
        expect(warnings).toEqual([
          expect.stringMatching(
            `^Topic ${topic} takes records of ${BROKERS_DEFAULT} bytes at most;.* kafka-configs.sh --bootstrap-server ${address} --alter .*--entity-name ${topic} --add-config max.message.bytes=33554432$`,
          ),
        ]);
      });

      it('refuses what is too large by name, size and limit, and nothing of what is appended beside', async () => {
        const appends = [small(0), large, small(1), large, small(2)].map((record) => log.append(topic, [record]));
        const outcomes = await Promise.allSettled(appends);
        expect(outcomes.map(({ status }) => status)).toEqual([
          'fulfilled',
          'rejected',
          'fulfilled',
          'rejected',
          'fulfilled',
        ]);
        await expect(appends[1]).rejects.toMatchObject({
          name: 'LogError',
          code: 'log-record-too-large',
          retriable: false,
          message: expect.stringMatching(
            `^A record for ${topic}, key antwerp, has \\d{7} bytes; the topic takes ${BROKERS_DEFAULT} at most`,
          ) as string,
        });
        expect(await values()).toEqual(['small 0', 'small 1', 'small 2']);
      });

      it('takes it once an operator has raised the limit, by the same log', async () => {
        await expect(log.append(topic, [large])).rejects.toMatchObject({ code: 'log-record-too-large' });
        await setLimit(4 * MIB);
        await until(async () => (await refused(log.append(topic, [large]))) === undefined, 10_000);
        expect(await values()).toEqual([large.value]);
      });
    });

    it('many small records go in requests that a topic with a small limit takes', async () => {
      await madeBefore(limited(20_000));
      const records = Array.from({ length: 200 }, (_, i) => ({ key: 'ghent', value: `${i} ${noise(1000, i)}` }));
      await log.append(topic, records);
      expect(await values()).toEqual(records.map(({ value }) => value));
    });

    it('where an operator has lowered the limit, a request that was too large is smaller the next time', async () => {
      await madeBefore(limited(MIB));
      const records = (count: number) =>
        Array.from({ length: count }, (_, i) => ({ key: 'ghent', value: `${i} ${noise(1000, i)}` }));
      await log.append(topic, records(1));
      await setLimit(20_000);
      // Those that are appended before the broker has heard of it are there twice, since they have no ids.
      await until(async () => (await refused(log.append(topic, records(100))))?.code === 'log-refused', 10_000);
      const before = (await values()).length;
      await log.append(topic, records(100));
      expect((await values()).slice(before)).toEqual(records(100).map(({ value }) => value));
      const large = { key: 'antwerp', value: noise(60_000) };
      expect(await refused(log.append(topic, [large]))).toMatchObject({ code: 'log-record-too-large' });
    });
  });
});

const refused = (appending: Promise<unknown>): Promise<LogError | undefined> =>
  appending.then(
    () => undefined,
    (error: LogError) => error,
  );
