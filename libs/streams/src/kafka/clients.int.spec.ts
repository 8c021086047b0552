import { randomUUID } from 'node:crypto';
import { type AddressInfo, createServer, type Server } from 'node:net';
import zlib from 'node:zlib';
import { Kafka, logLevel } from 'kafkajs';
import type { EventLog, LogRecord } from '../log.js';
import { numbered, text } from '../testing/event-log-contract.js';
import { Received, until } from '../testing/received.js';
import { describeWithServer } from '../testing/server.js';
import { type Compression, compressions } from './codecs.js';
import { openKafkaLog } from './kafka-log.js';
import type { KafkaClientName } from './options.js';

const clients: readonly KafkaClientName[] = ['kafkajs', 'platformatic'];
const pairs = clients.flatMap((one) => clients.map((other) => [one, other] as const));
const unused = () => `test-${randomUUID()}`;
const seconds = (count: number) => new Promise((resolve) => setTimeout(resolve, 1000 * count));

describeWithServer('PORTOLAN_TEST_KAFKA', (address) => {
  let topic: string;
  const opened: EventLog[] = [];
  const open = async (client: KafkaClientName, more: { compression?: Compression; instance?: string } = {}) => {
    const log = await openKafkaLog({ brokers: [address], partitions: 2, client, ...more });
    opened.push(log);
    return log;
  };
  const settings = () => ({ group: topic, topics: [topic], from: 'committed' as const, onFailure: () => {} });
  const keys = Array.from({ length: 20 }, (_, i) => `cell-${i}`);
  const appendRound = (log: EventLog, value: string) =>
    log.append(
      topic,
      keys.map((key) => ({ key, value })),
    );

  beforeEach(() => {
    topic = unused();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((log) => log.close()));
  });

  describe('sharing partitions anew', () => {
    it.each(pairs)(
      'waits for a handler that is slow (%s), and gives nothing it has handled to who joins (%s)',
      async (one, other) => {
        const [first, second] = [await open(one), await open(other)];
        const slow: Received = new Received(async () => void (slow.begun <= 2 && (await seconds(4))));
        const quick = new Received();
        // Small batches, so that more was fetched ahead than is handled when partitions are shared.
        await first.subscribe({ ...settings(), maxBatch: 3 }, slow.handle);
        await appendRound(first, 'before');
        await until(() => slow.begun === 2, 20_000);
        await second.subscribe(settings(), quick.handle);
        await appendRound(first, 'after');
        const all = () => [...slow.records, ...quick.records];
        await until(() => all().length >= 40, 30_000);
        await seconds(1);
        const places = all().map(({ partition, offset }) => `${partition}/${offset}`);
        expect(new Set(places).size).toBe(40);
        expect(places).toHaveLength(40);
        expect(quick.records.length).toBeGreaterThan(0);
      },
    );

    it('leaves a static member its partitions while it starts again, and the others theirs', async () => {
      const [one, two] = [new Received(), new Received()];
      const first = await open('platformatic', { instance: 'one' });
      await first.subscribe({ ...settings(), from: 'beginning' }, one.handle);
      const second = await open('platformatic', { instance: 'two' });
      await second.subscribe({ ...settings(), from: 'beginning' }, two.handle);
      await until(async () => {
        await appendRound(second, 'before');
        return two.records.length > 0 && one.records.length > 0;
      }, 20_000);
      await seconds(1);
      const heldBefore = new Set(two.batches.map((batch) => batch[0]?.partition));
      const freshBefore = two.contexts.filter(({ fresh }) => fresh).length;
      await first.close();
      const again = await open('platformatic', { instance: 'one' });
      const restarted = new Received();
      await again.subscribe(settings(), restarted.handle);
      await appendRound(again, 'after');
      const afterwards = () => [...restarted.records, ...two.records].filter((record) => text(record) === 'after');
      await until(() => new Set(afterwards().map(({ key }) => key)).size === 20, 20_000);
      expect(afterwards()).toHaveLength(20);
      expect(new Set(two.batches.map((batch) => batch[0]?.partition))).toEqual(heldBefore);
      expect(two.contexts.filter(({ fresh }) => fresh)).toHaveLength(freshBefore);
    });
  });

  describe.each(clients)('while a handler of %s is slow', (client) => {
    const slowly = async (whileHeld: (log: EventLog, received: Received, slow: number) => Promise<void>) => {
      const log = await open(client);
      const [first] = await log.append(topic, numbered('cell-0', 3000));
      let release = () => {};
      const held = new Promise<void>((resolve) => (release = resolve));
      const received = new Received(async (batch) => {
        if (batch[0]?.partition === first?.partition) await held;
      });
      try {
        await log.subscribe({ ...settings(), maxBatch: 100 }, received.handle);
        await until(() => received.begun === 1, 20_000);
        await whileHeld(log, received, first!.partition);
      } finally {
        release();
      }
      const total = (await log.ends(topic)).reduce((sum, end) => sum + end);
      await until(() => received.records.length === total, 30_000);
    };

    it('it is not given more, and afterwards everything', async () => {
      await slowly(async (_log, received) => {
        await seconds(1);
        expect(received.begun).toBe(1);
      });
    });

    // kafkajs asks a broker again only when all that it gave last time was handled.
    (client === 'kafkajs' ? it.skip : it)('other partitions go on', async () => {
      await slowly(async (log, received, slow) => {
        const others = (await appendRound(log, 'other')).filter(({ partition }) => partition !== slow);
        expect(others.length).toBeGreaterThan(0);
        await until(() => received.records.length === others.length, 20_000);
      });
    });
  });

  describe.each(compressions.filter((each) => each !== 'none'))('compression %s', (compression) => {
    const values = (records: readonly LogRecord[]) => records.map(text);
    const events = Array.from({ length: 300 }, (_, i) => ({
      key: 'cell',
      value: JSON.stringify({ type: 'org.portolan.port-call.updated', vessel: 9_319_466 + i, port: 'BEANR' }),
      headers: { ce_id: `${i}`, ce_type: 'org.portolan.port-call.updated' },
    }));

    it('of the brokers, as Java writes it, is read by both clients', async () => {
      const kafka = new Kafka({ brokers: [address], logLevel: logLevel.NOTHING });
      const admin = kafka.admin();
      await admin.connect();
      const configEntries = [{ name: 'compression.type', value: compression }];
      await admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: 1, configEntries }] });
      await admin.disconnect();
      await (await open('kafkajs')).append(topic, events);
      for (const client of clients)
        expect(values(await (await open(client)).read(topic, 0, 0, 300))).toEqual(events.map(({ value }) => value));
    });

    const written = compression !== 'zstd' || 'zstdCompressSync' in zlib ? it : it.skip;
    written.each(clients)('by %s is taken by the brokers, and read by both clients', async (client) => {
      const log = await open(client, { compression });
      const [first] = await log.append(topic, events);
      for (const reader of clients)
        expect(values(await (await open(reader)).read(topic, first!.partition, 0, 300))).toEqual(
          events.map(({ value }) => value),
        );
    });
  });
});

describe.each(clients)('by %s', (client) => {
  let silent: Server;
  beforeEach(async () => {
    silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => silent.close());

  it('a broker that takes connections and never answers is unreachable, not waited for', async () => {
    const { port } = silent.address() as AddressInfo;
    const began = Date.now();
    const opening = openKafkaLog({ brokers: [`127.0.0.1:${port}`], client });
    await expect(opening).rejects.toMatchObject({ name: 'LogError', code: 'log-unreachable', retriable: true });
    expect(Date.now() - began).toBeLessThan(40_000);
  });
});
