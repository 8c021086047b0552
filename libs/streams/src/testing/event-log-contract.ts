import { gzipSync } from 'node:zlib';
import { LARGEST } from '../compression.js';
import type { Appended, EventLog, LogRecord, NewRecord, SubscribeOptions, Subscription } from '../log.js';
import { passingOverContract } from './passing-over-contract.js';
import { Received, until } from './received.js';

export interface LogUnderTest {
  /** Opens the same log again each time, as another start of the program would. Closed by the contract. */
  open(): Promise<EventLog>;
  /** A topic nobody used before; topics have `partitions` partitions. */
  topic(): string;
  readonly partitions: number;
  /** Records delivered or appended by servers take longer. */
  readonly patience: number;
  dispose(): Promise<void>;
}

/** What every adapter of the log has to do. Run it with an adapter: `eventLogContract('embedded', open)`. */
export const eventLogContract = (name: string, setUp: () => Promise<LogUnderTest>): void => {
  passingOverContract(name, setUp);
  describe(`the ${name} log`, () => {
    let under: LogUnderTest;
    let log: EventLog;
    let opened: EventLog[];
    let running: Subscription[];
    let topic: string;

    const open = async () => {
      const fresh = await under.open();
      opened.push(fresh);
      return fresh;
    };
    const reopen = async () => {
      await log.close();
      log = await open();
    };
    const group = (suffix = '') => `${topic}-group${suffix}`;
    const subscribe = async (received: Received, options: Partial<SubscribeOptions> = {}, on: EventLog = log) => {
      const settings = { group: group(), topics: [topic], from: 'committed' as const, onFailure: () => {}, ...options };
      const subscription = await on.subscribe(settings, received.handle);
      running.push(subscription);
      return subscription;
    };
    const everything = async (of = topic) => {
      const ends = await log.ends(of);
      const parts = await Promise.all(ends.map((end, partition) => log.read(of, partition, 0, end)));
      return parts.flat();
    };
    const eventually = (reached: () => boolean | Promise<boolean>) => until(reached, under.patience);

    beforeEach(async () => {
      under = await setUp();
      [opened, running] = [[], []];
      topic = under.topic();
      log = await open();
    });

    afterEach(async () => {
      await Promise.all(running.map((subscription) => subscription.stop()));
      await Promise.all(opened.map((each) => each.close()));
      await under.dispose();
    });

    describe('appending and reading', () => {
      it('gives back key, value and headers as they were appended', async () => {
        const value = Uint8Array.from({ length: 256 }, (_, i) => i);
        const headers = {
          ce_id: '4711',
          ce_type: 'org.portolan.shipment.announced',
          'content-type': 'application/json',
        };
        const before = Date.now();
        const [position] = await log.append(topic, [{ key: 'BEANR · ☃', value, headers }]);
        const { partition, offset } = position as Appended;
        const [record] = await log.read(topic, partition, offset, 1);
        expect(record).toMatchObject({ topic, partition, offset, key: 'BEANR · ☃', headers });
        expect(Buffer.from((record as LogRecord).value).equals(value)).toBe(true);
        expect(Math.abs((record as LogRecord).timestamp - before)).toBeLessThan(60_000);
        expect(record).not.toHaveProperty('dedupe');
      });

      it('takes text as UTF-8, and an empty value as an empty value', async () => {
        await log.append(topic, [
          { key: 'a', value: 'Antwerpen – Zürich' },
          { key: 'a', value: '' },
        ]);
        expect((await everything()).map(text)).toEqual(['Antwerpen – Zürich', '']);
      });

      it('appends nothing for nothing', async () => {
        expect(await log.append(topic, [])).toEqual([]);
        expect(await log.ends(topic)).toEqual(Array(under.partitions).fill(0));
      });

      it('keeps equal keys in one partition in the order of their appends, with dense offsets from 0', async () => {
        const records = Array.from({ length: 60 }, (_, i) => ({ key: `cell-${i % 7}`, value: `${i}` }));
        const positions = await log.append(topic, records);
        const again = await log.append(topic, [{ key: 'cell-3', value: '60' }]);
        const read = await everything();
        expect(read).toHaveLength(61);
        expect((await log.ends(topic)).reduce((a, b) => a + b)).toBe(61);
        for (const key of new Set(read.map((record) => record.key))) {
          const own = read.filter((record) => record.key === key);
          expect(new Set(own.map(({ partition }) => partition)).size).toBe(1);
          expect(own.map((record) => Number(text(record)))).toEqual(
            own.map((r) => Number(text(r))).sort((a, b) => a - b),
          );
        }
        expect(again[0]?.partition).toBe(positions[3]?.partition);
        dense(read);
      });

      it('names for every record the position it is read from', async () => {
        const records = Array.from({ length: 20 }, (_, i) => ({ key: `cell-${i}`, value: `${i}` }));
        const positions = await log.append(topic, records);
        for (const [i, { partition, offset, duplicate }] of positions.entries()) {
          const [record] = await log.read(topic, partition, offset, 1);
          expect([text(record as LogRecord), duplicate]).toEqual([`${i}`, false]);
        }
      });

      it('appends of many callers at once are all there once, each in the order of its caller', async () => {
        const callers = Array.from({ length: 20 }, async (_, caller) => {
          for (let i = 0; i < 5; i++) await log.append(topic, [{ key: `cell-${caller}`, value: `${i}` }]);
        });
        await Promise.all(callers);
        const read = await everything();
        expect(read).toHaveLength(100);
        dense(read);
        for (let caller = 0; caller < 20; caller++) {
          const own = read.filter(({ key }) => key === `cell-${caller}`);
          expect(own.map(text)).toEqual(['0', '1', '2', '3', '4']);
        }
      });

      it('reads from an offset on, at most as many as asked for, and nothing at the end', async () => {
        const positions = await log.append(topic, numbered('cell', 10));
        const partition = positions[0]?.partition as number;
        expect((await log.read(topic, partition, 3, 4)).map(text)).toEqual(['3', '4', '5', '6']);
        expect((await log.read(topic, partition, 8, 100)).map(text)).toEqual(['8', '9']);
        expect(await log.read(topic, partition, 10, 100)).toEqual([]);
        expect(await log.read(topic, partition, 0, 0)).toEqual([]);
      });

      it('is there after the log was closed and opened again', async () => {
        await log.append(topic, numbered('cell', 3));
        await reopen();
        await log.append(topic, [{ key: 'cell', value: '3' }]);
        expect((await everything()).map(text)).toEqual(['0', '1', '2', '3']);
      });

      it('refuses appends after it was closed', async () => {
        await log.close();
        await expect(log.append(topic, [{ key: 'a', value: 'b' }])).rejects.toMatchObject({ code: 'log-closed' });
      });
    });

    describe('large values', () => {
      const large = Buffer.from(JSON.stringify(Array.from({ length: 20_000 }, (_, i) => `leg-${i}`)));

      it('come back as they were, without a trace of the compression', async () => {
        await log.append(topic, [{ key: 'cell', value: large, headers: { ce_id: '1' } }]);
        const [record] = (await everything()) as [LogRecord];
        expect(large.equals(record.value)).toBe(true);
        expect(record.headers).toEqual({ ce_id: '1' });
      });

      it('keep an encoding of their own, whether they are large or small', async () => {
        const values = [gzipSync('small'), gzipSync(Buffer.from(Array.from(large, (byte, i) => (byte * i) & 255)))];
        await log.append(
          topic,
          values.map((value) => ({ key: 'cell', value, headers: { 'content-encoding': 'gzip' } })),
        );
        for (const [i, record] of (await everything()).entries()) {
          expect(record.headers).toEqual({ 'content-encoding': 'gzip' });
          expect(values[i]?.equals(record.value)).toBe(true);
        }
      });

      it('may come many in one append', async () => {
        const random = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 2654435761) >>> 13));
        const records = Array.from({ length: 12 }, (_, i) => ({
          key: 'cell',
          value: Buffer.concat([random, Buffer.from([i])]),
        }));
        await log.append(topic, records);
        const read = await everything();
        expect(read.map(({ value }) => value[300_000])).toEqual(records.map((_, i) => i));
      });
    });

    it('refuses what is so large that nobody could read it again, and nothing else', async () => {
      const refused = log.append(topic, [{ key: 'cell', value: Buffer.alloc(LARGEST + 1) }]);
      const taken = log.append(topic, [{ key: 'cell', value: 'small' }]);
      await expect(refused).rejects.toMatchObject({
        code: 'log-record-too-large',
        message: expect.stringContaining(`key cell, has ${LARGEST + 1} bytes before it is compressed`) as string,
      });
      expect(await taken).toHaveLength(1);
    });

    describe('duplicates', () => {
      const announced = { key: 'cell', value: 'announced', dedupe: 'urn:message:1' };

      it('are not appended again, and their result names the first position', async () => {
        const [first] = await log.append(topic, [announced]);
        const again = await log.append(topic, [
          { ...announced, value: 'announced again' },
          { key: 'cell', value: 'other', dedupe: '2' },
        ]);
        expect(first).toMatchObject({ duplicate: false });
        expect(again).toEqual([{ ...first, duplicate: true }, expect.objectContaining({ duplicate: false })]);
        expect((await everything()).map(text)).toEqual(['announced', 'other']);
      });

      it('are recognised within one append and among appends at the same time', async () => {
        const results = await Promise.all([log.append(topic, [announced, announced]), log.append(topic, [announced])]);
        expect(results.flat().map(({ duplicate }) => duplicate)).toEqual([false, true, true]);
        expect(new Set(results.flat().map(({ offset }) => offset)).size).toBe(1);
        expect(await everything()).toHaveLength(1);
      });

      it('are recognised after the log was closed and opened again', async () => {
        const [first] = await log.append(topic, [announced]);
        await reopen();
        expect(await log.append(topic, [announced])).toEqual([{ ...first, duplicate: true }]);
      });

      it('are a matter of one topic, and of records that have an id', async () => {
        const other = under.topic();
        const plain = { key: 'cell', value: 'plain' };
        await log.append(topic, [announced, plain, plain]);
        expect(await log.append(other, [announced])).toMatchObject([{ duplicate: false }]);
        expect((await everything()).map(({ dedupe }) => dedupe)).toEqual(['urn:message:1', undefined, undefined]);
      });

      it('are recognised by ids of any length', async () => {
        const long = { key: 'cell', value: 'v', dedupe: `urn:${'x'.repeat(3000)}` };
        const near = { ...long, dedupe: `${long.dedupe}y` };
        const results = await log.append(topic, [long, near, long]);
        expect(results.map(({ duplicate }) => duplicate)).toEqual([false, false, true]);
      });
    });

    describe('subscribing', () => {
      it('tells how far it has come in each partition it has, from the first batch that it has handled', async () => {
        await log.append(topic, numbered('cell', 7));
        const failing = new Received(() => {
          throw new Error('not now');
        });
        const first = await subscribe(failing);
        await eventually(() => failing.begun > 0);
        const before = first.progress();
        expect(before.map(({ partition }) => partition).sort()).toEqual(
          Array.from({ length: under.partitions }, (_, i) => i),
        );
        expect(before.every((each) => each.topic === topic && each.next === undefined)).toBe(true);
        await first.stop();
        const received = new Received();
        const second = await subscribe(received);
        await eventually(() => second.progress().some(({ next }) => next === 7));
        expect(received.records).toHaveLength(7);
      });

      it('delivers what is there and what comes, in order, in batches of one partition no larger than asked for', async () => {
        await log.append(topic, numbered('a', 25));
        const received = new Received();
        await subscribe(received, { maxBatch: 10 });
        await eventually(() => received.records.length === 25);
        await log.append(topic, numbered('b', 5));
        await eventually(() => received.records.length === 30);
        expect(received.of('a').map(text)).toEqual(numbered('a', 25).map(({ value }) => value));
        expect(received.of('b').map(text)).toEqual(['0', '1', '2', '3', '4']);
        for (const batch of received.batches) {
          expect(batch.length).toBeLessThanOrEqual(10);
          expect(new Set(batch.map(({ partition }) => partition)).size).toBe(1);
          dense(batch, batch[0]?.offset);
        }
      });

      it('tells how far the partition goes, so that a reader knows when it has caught up', async () => {
        await log.append(topic, numbered('a', 25));
        const received = new Received();
        await subscribe(received, { maxBatch: 10 });
        await eventually(() => received.records.length === 25);
        expect(received.contexts.map(({ end }) => end)).toEqual([25, 25, 25]);
        expect(received.contexts.map(({ attempt }) => attempt)).toEqual([1, 1, 1]);
      });

      it('delivers the records of several topics, each under its name', async () => {
        const other = under.topic();
        const received = new Received();
        await subscribe(received, { topics: [topic, other] });
        await log.append(other, [{ key: 'a', value: 'other' }]);
        await log.append(topic, [{ key: 'a', value: 'one' }]);
        await eventually(() => received.records.length === 2);
        const byTopic = Object.fromEntries(received.records.map((record) => [record.topic, text(record)]));
        expect(byTopic).toEqual({ [topic]: 'one', [other]: 'other' });
      });

      it('goes on behind what the group has handled, after a new start', async () => {
        await log.append(topic, numbered('a', 4));
        const before = new Received();
        const first = await subscribe(before);
        await eventually(() => before.records.length === 4);
        await first.stop();
        await reopen();
        await log.append(topic, [{ key: 'a', value: '4' }]);
        const after = new Received();
        await subscribe(after);
        await eventually(() => after.records.length > 0);
        expect(after.records.map(text)).toEqual(['4']);
      });

      it('starts a new group at the first record', async () => {
        await log.append(topic, numbered('a', 4));
        const [one, two] = [new Received(), new Received()];
        await subscribe(one);
        await subscribe(two, { group: group('-two') });
        await eventually(() => one.records.length === 4 && two.records.length === 4);
        expect(two.records.map(text)).toEqual(['0', '1', '2', '3']);
      });

      it('from the beginning: gives everything again to each new reader, and says that it is fresh', async () => {
        await log.append(topic, numbered('a', 12));
        const before = new Received();
        const first = await subscribe(before, { from: 'beginning', maxBatch: 5 });
        await eventually(() => before.records.length === 12);
        await first.stop();
        await reopen();
        const after = new Received();
        await subscribe(after, { from: 'beginning', maxBatch: 5 });
        await eventually(() => after.records.length === 12);
        expect(after.records.map(text)).toEqual(before.records.map(text));
        expect(after.contexts.map(({ fresh }) => fresh)).toEqual([true, false, false]);
      });

      it('delivers a batch again until its handler succeeds, and skips nothing', async () => {
        await log.append(topic, numbered('a', 6));
        const failures: string[] = [];
        const received = new Received((batch, { attempt }) => {
          if (text(batch[0] as LogRecord) === '2' && attempt < 3) throw new Error('no connection to the planner');
        });
        const onFailure: SubscribeOptions['onFailure'] = ({ error, at, attempt }) =>
          failures.push(`${at.offset} ${attempt} ${(error as Error).message}`);
        await subscribe(received, { maxBatch: 2, onFailure });
        await eventually(() => received.records.length === 6);
        expect(received.records.map(text)).toEqual(['0', '1', '2', '3', '4', '5']);
        expect(failures).toEqual(['2 1 no connection to the planner', '2 2 no connection to the planner']);
        expect(received.contexts.map(({ fresh }) => fresh)).toEqual([true, false, false]);
      });

      it('does not commit what a handler has refused', async () => {
        await log.append(topic, numbered('a', 3));
        let refused = 0;
        const first = await subscribe(
          new Received(() => {
            refused += 1;
            throw new Error('down');
          }),
        );
        await eventually(() => refused > 0);
        await first.stop();
        await reopen();
        const after = new Received();
        await subscribe(after);
        await eventually(() => after.records.length === 3);
        expect(after.records.map(text)).toEqual(['0', '1', '2']);
      });

      it('shares partitions between two readers of a group, and one takes over when the other leaves', async () => {
        const [one, two] = [new Received(), new Received()];
        await subscribe(one);
        const second = await subscribe(two);
        const keys = Array.from({ length: 40 }, (_, i) => `cell-${i}`);
        const round = async (value: string) =>
          log.append(
            topic,
            keys.map((key) => ({ key, value })),
          );
        const seen = (value: string) =>
          new Set([...one.records, ...two.records].filter((r) => text(r) === value).map(({ key }) => key));
        await round('first');
        await eventually(() => seen('first').size === 40);
        await second.stop();
        const handed = two.records.length;
        await round('second');
        await eventually(() => one.records.filter((r) => text(r) === 'second').length >= 40);
        expect(two.records).toHaveLength(handed);
        expect(one.records.filter((r) => text(r) === 'second')).toHaveLength(40);
      });

      it('from the beginning: who joins a group gets its partitions from their first record, who keeps one goes on', async () => {
        const keys = Array.from({ length: 40 }, (_, i) => `cell-${i}`);
        const round = (value: string) =>
          log.append(
            topic,
            keys.map((key) => ({ key, value })),
          );
        const [one, two] = [new Received(), new Received()];
        await round('first');
        await subscribe(one, { from: 'beginning' });
        await eventually(() => one.records.length === 40);
        await subscribe(two, { from: 'beginning' });
        await eventually(() => two.records.length > 0);
        await round('second');
        const seconds = () => [...one.records, ...two.records].filter((record) => text(record) === 'second');
        await eventually(() => new Set(seconds().map(({ key }) => key)).size === 40);
        const places = one.records.map(({ partition, offset }) => `${partition}/${offset}`);
        expect(new Set(places).size).toBe(places.length);
        dense(two.records);
        const firstOf = new Map(two.batches.map((batch, i) => [batch[0]?.partition, i] as const).reverse());
        expect([...firstOf.values()].map((i) => two.contexts[i]?.fresh)).toEqual([...firstOf].map(() => true));
        expect(one.contexts.filter(({ fresh }) => fresh)).toHaveLength(under.partitions);
      });

      it('waits with stop for the running handler, and delivers nothing afterwards', async () => {
        await log.append(topic, numbered('a', 1));
        let finished = false;
        const received = new Received(async () => {
          await new Promise((resolve) => setTimeout(resolve, 150));
          finished = true;
        });
        const subscription = await subscribe(received);
        await eventually(() => received.begun === 1);
        await subscription.stop();
        expect(finished).toBe(true);
        await log.append(topic, numbered('a', 1));
        await new Promise((resolve) => setTimeout(resolve, 100));
        expect(received.begun).toBe(1);
        expect(received.contexts[0]?.signal.aborted).toBe(true);
      });

      it('lets a running handler append what it has made when the log is closed, and commits its batch', async () => {
        const plans = under.topic();
        await log.append(topic, numbered('a', 1));
        const received = new Received(async () => {
          await new Promise((resolve) => setTimeout(resolve, 100));
          await log.append(plans, [{ key: 'a', value: 'plan' }]);
        });
        await subscribe(received);
        await eventually(() => received.begun === 1);
        await reopen();
        expect((await everything(plans)).map(text)).toEqual(['plan']);
        expect(await log.lag(group(), topic)).toEqual(Array(under.partitions).fill(0));
      });

      it('begins no batch while it is paused', async () => {
        const received = new Received();
        const subscription = await subscribe(received);
        await log.append(topic, numbered('a', 1));
        await eventually(() => received.records.length === 1);
        subscription.pause();
        await log.append(topic, numbered('a', 1));
        await new Promise((resolve) => setTimeout(resolve, 300));
        const paused = received.records.length;
        subscription.resume();
        await eventually(() => received.records.length === 2);
        expect(paused).toBe(1);
      });

      it('tells how many records a group has not handled yet', async () => {
        const sum = async () => (await log.lag(group(), topic)).reduce((a, b) => a + b);
        await log.append(topic, numbered('a', 7));
        expect(await sum()).toBe(7);
        await subscribe(new Received());
        await eventually(async () => (await sum()) === 0);
        await log.append(topic, numbered('a', 1));
        await eventually(async () => (await sum()) === 0);
      });
    });
  });
};

export const numbered = (key: string, count: number): NewRecord[] =>
  Array.from({ length: count }, (_, i) => ({ key, value: `${i}` }));

export const text = (record: LogRecord): string => Buffer.from(record.value).toString('utf8');

const dense = (records: readonly LogRecord[], from = 0): void => {
  for (const partition of new Set(records.map((record) => record.partition))) {
    const offsets = records.filter((record) => record.partition === partition).map(({ offset }) => offset);
    expect(offsets).toEqual(offsets.map((_, i) => from + i));
  }
};
