import { type Rejection, rejectionDetail, retried } from '@portolan/domain';
import { accepted, rejected } from './items.js';
import { type EventLog, type LogRecord, type NewRecord, topics } from '@portolan/streams';
import { Intake } from '../intake/intake.js';
import type { ReadIncoming } from '../intake/message.js';
import { Rejections } from '../rejected/rejections.js';

export const NOW = Date.UTC(2026, 2, 2, 8);

/** Reads `a,b,c`: each letter is one item, of which some are wrong until the adapter is mended. */
export const lettersExcept =
  (wrong: string): ReadIncoming =>
  ({ body }) => {
    const text = Buffer.from(body).toString();
    if (wrong === '*') return { unreadable: [{ pointer: '', message: 'is nothing known' }], because: 'not-a-message' };
    const items = text
      .split(',')
      .map((letter, index) => (wrong.includes(letter) ? rejected(letter, index) : accepted(letter, index)));
    return { format: 'letters', items };
  };

export interface LogOfRejections {
  /** Opens the same log again each time. Closed by the contract. */
  open(): Promise<EventLog>;
  /** Cells nobody used before: on a server that is shared, others' rejections are not ours. */
  cell(name: string): string;
  dispose(): Promise<void>;
}

/** What rejections have to do on every log. */
export const rejectionsContract = (name: string, setUp: () => Promise<LogOfRejections>): void => {
  describe(`rejections in the ${name} log`, () => {
    let under: LogOfRejections;
    let log: EventLog;
    let source: string;
    let adapter: ReadIncoming;
    const read: ReadIncoming = (message, received) => adapter(message, received);
    const now = () => NOW;

    beforeEach(async () => {
      under = await setUp();
      log = await under.open();
      source = under.cell('sender');
      adapter = lettersExcept('bd');
    });
    afterEach(async () => {
      await log.close();
      await under.dispose();
    });

    const send = (text: string, cell = 'antwerp') =>
      new Intake(log, now, { read }).take({
        body: Buffer.from(text),
        headers: { 'content-type': 'text/plain', 'x-portolan-source': source },
        cell: under.cell(cell),
      });
    const rejections = (on: EventLog = log) => new Rejections(on, now, { read });
    const everything = async (topic: string): Promise<readonly LogRecord[]> => {
      const ends = await log.ends(topic);
      const parts = await Promise.all(ends.map((end, partition) => log.read(topic, partition, 0, end)));
      return parts.flat().filter(({ key }) => [under.cell('antwerp'), under.cell('genk')].includes(key));
    };
    const events = async () => (await everything(topics.events)).map(({ headers }) => headers['ce_id']).sort();
    const listed = async (query = {}) => {
      const found: Rejection[] = [];
      const all = rejections();
      for (let next: string | undefined; ;) {
        const page = await all.list({ source, ...query, ...(next !== undefined && { cursor: next }) });
        found.push(...page.data);
        if ((next = page.next) === undefined) return found;
      }
    };
    const pointers = async (query = {}) => (await listed(query)).map(({ pointer }) => pointer);

    it('are listed with their reasons, the newest first, page by page over all partitions', async () => {
      await send('a,b');
      await send('d', 'genk');
      await send('b,b,c,d');
      expect((await pointers({ limit: 2 })).slice(0, 3).sort()).toEqual(['/0', '/1', '/3']);
      expect(await listed({ limit: 2 })).toHaveLength(5);
      expect(new Set((await listed({ limit: 2 })).map(({ id }) => id)).size).toBe(5);
      expect((await listed())[4]).toMatchObject({
        cell: under.cell('antwerp'),
        format: 'letters',
        index: 1,
        source,
        resolved: false,
      });
    });

    it('stay listed when nothing is mended, with what is wrong today', async () => {
      await send('a,b');
      const [one] = await listed();
      expect(await rejections().retry(one!.id)).toMatchObject({
        status: 'rejected',
        faults: [{ pointer: '/1', value: 'b' }],
      });
      expect(await rejections().retryAll({ source })).toMatchObject({
        tried: 1,
        resolved: 0,
        rejected: 1,
        accepted: 0,
      });
      expect(await pointers()).toEqual(['/1']);
      expect(await events()).toEqual(['a']);
    });

    it('become events once when the adapter is mended, as of the moment they came in, and are no longer listed', async () => {
      await send('a,b,c,d');
      adapter = lettersExcept('d');
      expect(await rejections().retryAll({ source })).toMatchObject({
        tried: 2,
        resolved: 1,
        rejected: 1,
        accepted: 1,
        duplicates: 0,
      });
      expect(await events()).toEqual(['a', 'b', 'c']);
      expect(await pointers()).toEqual(['/3']);
      expect((await listed({ all: 'true' })).map(({ pointer, resolved }) => [pointer, resolved])).toEqual([
        ['/3', false],
        ['/1', true],
      ]);
    });

    it('tried twice, also at the same moment, are nothing more than tried once', async () => {
      await send('b');
      const [one] = await listed();
      adapter = lettersExcept('');
      const outcomes = await Promise.all([rejections().retry(one!.id), rejections().retry(one!.id)]);
      expect(outcomes.map((each) => each!.status)).toEqual(['resolved', 'resolved']);
      expect(outcomes[0]!.accepted + outcomes[1]!.accepted).toBe(1);
      const written = (await everything(topics.rejected)).length;
      expect(await rejections().retry(one!.id)).toMatchObject({ status: 'resolved', accepted: 0, duplicates: 0 });
      expect([await events(), (await everything(topics.rejected)).length]).toEqual([['b'], written]);
    });

    it('are not doubled by a retry that dies between the events and the word that they are resolved', async () => {
      await send('b,a');
      adapter = lettersExcept('');
      const dying = { ...port(log), append: dyingAt(log, ({ headers }) => headers?.['resolves'] !== undefined) };
      await expect(rejections(dying).retryAll({ source })).rejects.toThrow('killed');
      expect(await pointers()).toEqual(['/0']);
      await log.close();
      log = await under.open();
      expect(await rejections().retryAll({ source })).toMatchObject({ resolved: 1, accepted: 0, duplicates: 1 });
      expect([await events(), await pointers()]).toEqual([['a', 'b'], []]);
    });

    it('of a whole message give way to its items, each once, also after a death in between', async () => {
      adapter = lettersExcept('*');
      await send('a,b,c');
      expect(await listed()).toMatchObject([{ pointer: '', faults: [{ message: 'is nothing known' }] }]);
      adapter = lettersExcept('b');
      const dying = { ...port(log), append: dyingAt(log, ({ headers }) => headers?.['resolves'] !== undefined) };
      await expect(rejections(dying).retryAll({ source })).rejects.toThrow('killed');
      await rejections().retryAll({ source });
      expect([await events(), await pointers()]).toEqual([['a', 'c'], ['/1']]);
    });

    it('are tried in several requests where they are many, with every one tried once', async () => {
      await send(Array.from({ length: 25 }, () => 'b').join(','));
      const all = rejections();
      const tried: number[] = [];
      for (let next: string | undefined; ;) {
        const answer = await all.retryAll({ source, limit: 10, ...(next !== undefined && { cursor: next }) });
        tried.push(answer.tried);
        if ((next = answer.next) === undefined) break;
      }
      expect(tried.reduce((a, b) => a + b)).toBe(25);
      expect(Math.max(...tried)).toBe(10);
    });

    it('are shown with the message around the place', async () => {
      await send('a,\n\nb,d');
      adapter = lettersExcept('');
      const [newest] = await listed();
      const detail = rejectionDetail.parse(await rejections().show(newest!.id));
      expect(detail.message).toMatchObject({ contentType: 'text/plain', bytes: 7, excerpt: 'a,\n\nb,d' });
      expect(retried.safeParse(await rejections().retry(newest!.id)).error).toBeUndefined();
    });
  });
};

/** A log as a plain object, so that one of its functions can be exchanged. */
const port = (log: EventLog): EventLog => ({
  append: (topic, records) => log.append(topic, records),
  read: (topic, partition, from, limit) => log.read(topic, partition, from, limit),
  ends: (topic) => log.ends(topic),
  subscribe: (options, handler) => log.subscribe(options, handler),
  lag: (group, topic) => log.lag(group, topic),
  close: () => log.close(),
});

/** Appends until a certain record comes: then the process is as good as dead. */
const dyingAt =
  (log: EventLog, last: (record: NewRecord) => boolean): EventLog['append'] =>
  async (topic, records) => {
    if (records.some(last)) throw new Error('killed');
    return log.append(topic, records);
  };
