import { type EventLog, type KafkaClientName, type NewRecord, openEmbeddedLog, openKafkaLog } from '@portolan/streams';
import { Kafka, logLevel, type Message, type Producer } from 'kafkajs';
import { removeFolder, temporaryFolder } from '../../tools/servers/servers.mjs';
import { within } from './patience.js';

type Event = NewRecord & { readonly value: string; readonly dedupe: string };

/** Something that keeps events in order and gives them back. */
export interface LogSubject {
  readonly name: string;
  open(topic: string): Promise<OpenLog>;
}

export interface OpenLog {
  append(events: readonly Event[]): Promise<unknown>;
  /** Reads everything from the first record on, as a member of a new group; gives the milliseconds from the first batch to the last. */
  readAll(count: number, group: string): Promise<number>;
  close(): Promise<void>;
}

export const PARTITIONS = 6;
const BATCH = 500;
const READ_S = 300;

/** A producer and a consumer of kafkajs as its documentation has them, without anything of ours. */
export const bare = (broker: string): LogSubject => ({
  name: 'bare kafkajs',
  open: async (topic) => {
    const kafka = new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING });
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: PARTITIONS }] });
    await admin.disconnect();
    const producer = kafka.producer();
    await producer.connect();
    return {
      append: (events) => sendBare(producer, topic, events),
      readAll: async (count, groupId) => {
        const consumer = kafka.consumer({ groupId });
        await consumer.connect();
        await consumer.subscribe({ topics: [topic], fromBeginning: true });
        const clock = stopwatch(count);
        void consumer.run({ eachBatch: async ({ batch }) => clock.saw(batch.messages.length) });
        const milliseconds = await within(READ_S, `${count} records of ${topic} read`, clock.done);
        await consumer.disconnect();
        return milliseconds;
      },
      close: () => producer.disconnect(),
    };
  },
});

const sendBare = (producer: Producer, topic: string, events: readonly Event[]): Promise<unknown> => {
  const messages: Message[] = events.map(({ key, value, headers, dedupe }) => ({
    key,
    value,
    headers: { ...headers, 'portolan-dedupe': dedupe },
  }));
  return producer.send({ topic, messages });
};

export const ours = (client: KafkaClientName, broker: string): LogSubject => ({
  name: `Portolan on ${client === 'kafkajs' ? 'kafkajs' : '@platformatic/kafka'}`,
  open: async (topic) => ofLog(await openKafkaLog({ brokers: [broker], client, partitions: PARTITIONS }), topic),
});

export const embedded = (): LogSubject => ({
  name: 'Portolan, embedded log',
  open: async (topic) => {
    const directory = temporaryFolder('bench-log');
    const log = ofLog(await openEmbeddedLog({ directory }), topic);
    const close = async () => {
      await log.close();
      removeFolder(directory);
    };
    return { ...log, close };
  },
});

const ofLog = (log: EventLog, topic: string): OpenLog => ({
  append: (events) => log.append(topic, events),
  readAll: async (count, group) => {
    const clock = stopwatch(count);
    const settings = { group, topics: [topic], from: 'committed' as const, maxBatch: BATCH };
    const subscription = await log.subscribe(settings, async (batch) => clock.saw(batch.length));
    const milliseconds = await within(READ_S, `${count} records of ${topic} read`, clock.done);
    await subscription.stop();
    return milliseconds;
  },
  close: () => log.close(),
});

/** From the first records seen to the last. */
const stopwatch = (count: number) => {
  let seen = 0;
  let began = 0;
  let finish = (_milliseconds: number) => {};
  const done = new Promise<number>((resolve) => (finish = resolve));
  const saw = (some: number) => {
    if (seen === 0) began = performance.now();
    seen += some;
    if (seen >= count) finish(performance.now() - began);
  };
  return { saw, done };
};
