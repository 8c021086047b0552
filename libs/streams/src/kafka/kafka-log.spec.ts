import { type AddressInfo, createServer } from 'node:net';
import { jest } from '@jest/globals';
import type { KafkaClientName, KafkaNotice } from './options.js';
import { batchesOf } from './assigned-partition.js';
import { openKafkaLog } from './kafka-log.js';
import { type Wish, share } from './sharing.js';

describe('opening the Kafka log', () => {
  it.each<KafkaClientName>(['kafkajs', 'platformatic'])(
    'by %s says where no broker answered and what to do, and keeps quiet otherwise',
    async (client) => {
      const written = jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
      const port = await closedPort();
      const notices: KafkaNotice[] = [];
      const onNotice = (notice: KafkaNotice) => notices.push(notice);
      const refused = await openKafkaLog({ brokers: [`127.0.0.1:${port}`], client, onNotice }).catch(
        (error: unknown) => error,
      );
      const output = written.mock.calls.length;
      written.mockRestore();
      expect(refused).toMatchObject({ name: 'LogError', code: 'log-unreachable', retriable: true });
      expect(String(refused)).toContain(`No answer from Kafka at 127.0.0.1:${port}`);
      expect(String(refused)).toContain('PORTOLAN_KAFKA_BROKERS');
      expect(output).toBe(0);
      expect(notices.length).toBeGreaterThan(0);
      expect(new Set(notices.map(({ level }) => level))).toEqual(new Set(['warn']));
    },
    20_000,
  );
});

describe('sharing partitions in a group', () => {
  const partitions = new Map([
    ['events', [0, 1, 2]],
    ['plans', [0, 1]],
  ]);
  const wish = (memberId: string, ...topics: string[]): Wish => ({ memberId, topics });

  it('gives every partition to exactly one of the members that read its topic', () => {
    const shares = share([wish('b', 'events', 'plans'), wish('a', 'events'), wish('c', 'plans')], partitions);
    expect(Object.fromEntries(shares)).toEqual({
      a: { events: [0, 1] },
      b: { events: [2], plans: [0] },
      c: { plans: [1] },
    });
  });

  it('moves as few as possible when members come and go, and stays even', () => {
    const events = new Map([['events', Array.from({ length: 16 }, (_, id) => id)]]);
    let wishes: Wish[] = ['d', 'b'].map((memberId) => wish(memberId, 'events'));
    const settle = () => {
      const shares = share(wishes, events);
      const moved = wishes.map(({ memberId, owned }) => {
        const before = new Set(owned?.['events']);
        return (shares.get(memberId)!['events'] ?? []).filter((id) => !before.has(id)).length;
      });
      wishes = wishes.map((each) => ({ ...each, owned: shares.get(each.memberId)! }));
      const sizes = wishes.map(({ owned }) => owned!['events']!.length);
      expect(wishes.flatMap(({ owned }) => owned!['events']!).sort((a, b) => a - b)).toEqual(events.get('events'));
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      return moved.reduce((a, b) => a + b);
    };
    settle();
    wishes = [...wishes, wish('a', 'events')];
    expect(settle()).toBe(5);
    wishes = [...wishes, wish('c', 'events')];
    expect(settle()).toBe(4);
    wishes = wishes.filter(({ memberId }) => memberId !== 'b');
    expect(settle()).toBe(4);
  });

  it('gives a partition once that two members say they have', () => {
    const both = ['a', 'b'].map((memberId) => ({ ...wish(memberId, 'events'), owned: { events: [0, 1, 2, 7] } }));
    expect([...share(both, new Map([['events', [0, 1, 2]]])).values()]).toEqual([{ events: [0, 1] }, { events: [2] }]);
  });

  it('does not depend on the order of the members, and has a share, maybe none, for everybody', () => {
    const wishes = [wish('a', 'plans'), wish('b', 'plans'), wish('c', 'plans')];
    expect(share(wishes, partitions)).toEqual(share([...wishes].reverse(), partitions));
    expect(share(wishes, new Map([['plans', [0, 1]]])).get('c')).toEqual({});
  });
});

describe('cutting what was fetched into batches', () => {
  it('keeps the size, and the length of a batch that failed before', () => {
    expect(batchesOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(batchesOf([1, 2, 3, 4, 5], 3, 1)).toEqual([[1], [2, 3, 4], [5]]);
    expect(batchesOf([], 3)).toEqual([]);
  });
});

const closedPort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
