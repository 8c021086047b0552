import { type EventLog, topics } from '../log.js';
import { type LogUnderTest, numbered, text } from './event-log-contract.js';
import { Received, until } from './received.js';

/** What is passed over: by a reader that knows it from elsewhere, and by a log of what was replaced. Part of `eventLogContract`. */
export const passingOverContract = (name: string, setUp: () => Promise<LogUnderTest>): void => {
  describe(`the ${name} log`, () => {
    let under: LogUnderTest;
    let log: EventLog;
    let topic: string;
    const group = () => `${topic}-group`;
    const eventually = (reached: () => boolean) => until(reached, under.patience);
    const subscribe = (received: Received, maxBatch: number) =>
      log.subscribe({ group: group(), topics: [topic], from: 'committed', maxBatch, onFailure() {} }, received.handle);

    beforeEach(async () => {
      under = await setUp();
      topic = under.topic();
      log = await under.open();
    });
    afterEach(async () => {
      await log.close();
      await under.dispose();
    });

    it('goes on where a handler says once its batch is handled, and commits that', async () => {
      await log.append(topic, numbered('a', 12));
      const received = new Received((batch, { goOnAt }) => {
        if (batch[0]?.offset === 2) goOnAt(9);
      });
      const subscription = await subscribe(received, 2);
      await eventually(() => received.records.some((record) => text(record) === '11'));
      await log.append(topic, [{ key: 'a', value: 'more' }]);
      await eventually(() => received.records.some((record) => text(record) === 'more'));
      expect(received.records.map(text)).toEqual(['0', '1', '2', '3', '9', '10', '11', 'more']);
      await subscription.stop();
      expect((await log.lag(group(), topic)).reduce((a, b) => a + b)).toBe(0);
    });

    it('does not go on elsewhere for a batch that failed, until it is handled', async () => {
      await log.append(topic, numbered('a', 6));
      const received = new Received((batch, { goOnAt, attempt }) => {
        if (batch[0]?.offset !== 0) return;
        goOnAt(5);
        if (attempt === 1) throw new Error('not now');
      });
      await subscribe(received, 1);
      await eventually(() => received.records.length === 2);
      expect(received.records.map(text)).toEqual(['0', '5']);
    });

    it('keeps the newest record of each key of a compacted topic at its offset', async () => {
      const compacted = `${topics.snapshots}.${topic}`;
      const round = (value: string) =>
        log.append(
          compacted,
          ['a', 'b', 'c', 'd'].map((key) => ({ key, value })),
        );
      await round('1');
      const positions = await round('2');
      await log.append(compacted, [{ key: 'a', value: '3' }]);
      await log.close();
      log = await under.open();
      for (const { partition, offset } of positions.slice(1))
        expect((await log.read(compacted, partition, offset, 1)).map(text)).toEqual(['2']);
      const { partition } = positions[0]!;
      const [newest] = (await log.read(compacted, partition, 0, 100)).filter(({ key }) => key === 'a').slice(-1);
      expect(text(newest!)).toBe('3');
      expect((await log.ends(compacted)).reduce((a, b) => a + b)).toBe(9);
    });
  });
};
