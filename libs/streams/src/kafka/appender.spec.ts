import type { NewRecord } from '../log.js';
import { Appender } from './appender.js';
import type { Addressed, KafkaClient, Placed } from './client.js';
import { PartitionFetch } from './partition-fetch.js';
import { RecentIds } from './recent-ids.js';
import { Topics } from './topics.js';

/** A broker with one partition, which refuses batches above a limit and may keep to itself what that is. */
class Broker {
  readonly values: string[] = [];
  readonly requests: number[] = [];

  constructor(
    private readonly takes: number,
    private readonly tells: boolean,
  ) {}

  get client(): KafkaClient {
    return {
      partitions: async () => 1,
      limit: async () => {
        if (!this.tells) throw new Refused('TOPIC_AUTHORIZATION_FAILED');
        return this.takes;
      },
      bounds: async () => [{ low: 0, end: 0 }],
      failureOf: (error) =>
        error instanceof Refused
          ? { kind: 'refused', message: error.message, retriable: false, type: error.message }
          : undefined,
      producer: async () => ({ send: async (messages) => this.take(messages), close: async () => {} }),
    } as Partial<KafkaClient> as KafkaClient;
  }

  private take(messages: readonly Addressed[]): Placed[] {
    const bytes = messages.reduce((sum, { message }) => sum + message.value.byteLength, 0);
    this.requests.push(messages.length);
    if (bytes > this.takes) throw new Refused('MESSAGE_TOO_LARGE');
    const offset = this.values.length;
    this.values.push(...messages.map(({ message }) => message.value.toString()));
    return [{ topic: 'events', partition: 0, offset }];
  }
}

class Refused extends Error {}

describe('appending to a topic with a limit', () => {
  const appenderTo = ({ client }: Broker): Appender => {
    const topics = new Topics(client, { brokers: ['broker:9092'], onWarning: () => {} });
    const fetch = new PartitionFetch(client, topics);
    const ids = new RecentIds('events', topics, fetch, { ids: 100, lookBack: 100 });
    return new Appender(client, topics, ['broker:9092'], () => ids);
  };
  const records = (...sizes: number[]): NewRecord[] =>
    sizes.map((size, i) => ({ key: 'cell', value: String(i).padEnd(size, '.'), dedupe: `${i}/${size}` }));
  const refusal = (appending: Promise<unknown>): Promise<unknown> => appending.catch((error: unknown) => error);

  it('that brokers tell: sends nothing that is too large, and the rest in requests that fit', async () => {
    const broker = new Broker(1000, true);
    const appender = appenderTo(broker);
    const large = refusal(appender.append('events', records(5000)));
    const small = appender.append('events', records(400, 400, 400));
    expect(await large).toMatchObject({
      code: 'log-record-too-large',
      retriable: false,
      message: expect.stringMatching(/^A record for events, key cell, has 5\d{3} bytes; the topic takes 1000 at most/),
    });
    expect(await small).toHaveLength(3);
    expect(broker.requests).toEqual([1, 1, 1]);
  });

  it('that brokers do not tell: finds out which record it is by sending each alone, once a request was refused', async () => {
    const broker = new Broker(1000, false);
    const appender = appenderTo(broker);
    const appendAll = () => [records(400), records(5000), records(300)].map((each) => appender.append('events', each));
    const first = await Promise.all(appendAll().map(refusal));
    expect(first).toMatchObject(Array(3).fill({ code: 'log-refused', retriable: true }));
    const [one, large, two] = await Promise.all(appendAll().map(refusal));
    expect([one, two]).toMatchObject([[{ duplicate: false }], [{ duplicate: false }]]);
    expect(large).toMatchObject({ code: 'log-record-too-large', message: expect.stringContaining('takes fewer') });
    expect(broker.requests).toEqual([3, 1, 1, 1]);
    expect(broker.values.map((value) => value.length)).toEqual([400, 300]);
  });

  it('keeps together what is appended together, where a request has room for it', async () => {
    const broker = new Broker(2500, true);
    const appender = appenderTo(broker);
    await Promise.all([records(900, 901), records(100, 101)].map((each) => appender.append('events', each)));
    expect(broker.requests).toEqual([2, 2]);
  });

  it('refuses a record that is appended twice at once twice', async () => {
    const appender = appenderTo(new Broker(1000, true));
    const twice = [1, 2].map(() => refusal(appender.append('events', records(5000))));
    expect(await Promise.all(twice)).toMatchObject(Array(2).fill({ code: 'log-record-too-large' }));
  });
});
