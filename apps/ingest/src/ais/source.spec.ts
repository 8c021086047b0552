import type { Socket } from 'node:net';
import { type Receiver, position, receiver, until, voyage } from '../testing/ais.js';
import { AisSource, type AisSourceOptions } from './source.js';

const quick = { gather: 10, again: 10, longest: 40 };
const nothing = { accepted: [], duplicates: [], rejected: [] };

interface Listening {
  readonly source: AisSource;
  /** What was put into the log, message by message. */
  readonly taken: readonly string[];
  readonly lines: () => string[];
  /** How many sentences, by what became of them. */
  readonly counts: Record<string, number>;
  /** Why there was no connection, and after how many milliseconds it was tried again. */
  readonly lost: readonly (readonly [string, number])[];
  readonly refused: readonly boolean[];
}

describe('an AIS source', () => {
  let antenna: Receiver;
  let socket: Socket;
  const sources: AisSource[] = [];
  beforeEach(async () => (antenna = await receiver()));
  afterEach(async () => {
    await Promise.all(sources.splice(0).map((source) => source.stop()));
    await antenna.close();
  });

  /** A source that is connected, unless `address` is another. */
  async function listening(options: Partial<AisSourceOptions> = {}): Promise<Listening> {
    const taken: string[] = [];
    const counts: Record<string, number> = {};
    const lost: [string, number][] = [];
    const refused: boolean[] = [];
    const source = new AisSource({
      address: antenna.address,
      interval: 0,
      now: () => Date.now(),
      take: async (text) => (taken.push(text), nothing),
      count: ({ outcome, reason, sentences }) => {
        const name = reason === undefined ? outcome : `${outcome}: ${reason}`;
        counts[name] = (counts[name] ?? 0) + sentences;
      },
      onConnected: () => undefined,
      onLost: (why, again) => lost.push([why, again]),
      onRefused: (_, givenUp) => refused.push(givenUp),
      pace: quick,
      ...options,
    });
    sources.push(source);
    if (options.address === undefined) socket = await antenna.connection(1);
    return { source, taken, lines: () => taken.flatMap((text) => text.split('\n')), counts, lost, refused };
  }

  it('takes sentences in their order, however they are cut on the way', async () => {
    const { lines } = await listening();
    const sent = [position(205000001), ...voyage, position(205000002), position(205000003)];
    for (const piece of `${sent.join('\r\n')}\r\n`.match(/[^]{1,23}/g)!) {
      socket.write(piece, 'latin1');
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    await until(() => lines().length === sent.length);
    expect(lines()).toEqual(sent);
  });

  it('gathers them into messages of a bounded size', async () => {
    const { taken, lines } = await listening({ pace: { ...quick, lines: 100 } });
    socket.write(`${position()}\n`.repeat(1000));
    await until(() => lines().length === 1000);
    expect(Math.max(...taken.map((text) => text.split('\n').length))).toBe(100);
  });

  it('connects again when the connection ends, and knows vessels of before', async () => {
    const { lines, lost } = await listening();
    socket.write(`${[...voyage, position()].join('\n')}\n`);
    await until(() => lines().length === 3);
    socket.end(position(205000001));
    (await antenna.connection(2)).write(`${position()}\n`);
    await until(() => lines().length === 7);
    expect(lines().slice(3)).toEqual([position(205000001), ...voyage, position()]);
    expect(lost).toEqual([['the connection was closed at the other end', 10]]);
  });

  it('waits longer with each failure, and says why', async () => {
    const { address } = antenna;
    await antenna.close();
    const { lost, lines } = await listening({ address });
    await until(() => lost.length === 4);
    expect(lost.map(([, again]) => again)).toEqual([10, 20, 40, 40]);
    expect(lost[0]![0]).toBe(`connect ECONNREFUSED ${address}`);
    antenna = await receiver(Number(address.split(':')[1]));
    (await antenna.connection(1)).write(`${position()}\n`);
    await until(() => lines().length === 1);
  });

  it('connects again where nothing comes for long', async () => {
    const { lost } = await listening({ pace: { ...quick, silence: 30 } });
    await antenna.connection(2);
    expect(lost[0]![0]).toBe('nothing came for 0.03 s');
  });

  it('puts what it has read into the log before it ends', async () => {
    const { source, lines, counts } = await listening({ pace: { ...quick, gather: 60_000 } });
    socket.write(`${position()}\n`.repeat(300) + voyage[0]);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(lines()).toEqual([]);
    await source.stop();
    expect(lines()).toHaveLength(300);
    expect(counts).toEqual({ taken: 300 });
  });

  it('reads no further while the log takes no more, and loses nothing by that', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    let [calls, count] = [0, 0];
    const take: AisSourceOptions['take'] = async (text) => {
      calls += 1;
      await gate;
      count += text.split('\n').length;
      return nothing;
    };
    await listening({ take });
    const sent = 150_000;
    socket.write(`${position()}\n`.repeat(sent));
    await until(() => calls === 1);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(calls).toBe(1);
    expect(socket.writableLength).toBeGreaterThan(0);
    release();
    await until(() => count === sent);
  }, 30_000);

  it('offers the log a message again until it takes it, and gives up only at its end', async () => {
    let works = false;
    const { source, refused, taken } = await listening({
      take: async (text) => {
        if (!works) throw new Error('disk full');
        (taken as string[]).push(text);
        return nothing;
      },
    });
    socket.write(`${position()}\n`);
    await until(() => refused.length === 2);
    works = true;
    await until(() => taken.length === 1);
    works = false;
    socket.write(`${position()}\n`);
    await until(() => refused.length === 3);
    await source.stop();
    expect(refused.filter((givenUp) => givenUp)).toEqual([true]);
    expect(refused.length).toBeLessThan(8);
  });

  it('counts what it does not take, by the reason', async () => {
    const sum = (right: string) => ({ index: 0, pointer: '/1', reason: `is a wrong checksum: it should be ${right}` });
    const rejected = [sum('5C'), { ...sum('00'), reason: 'is no AIS sentence (cut off)' }, sum('01')];
    const { counts } = await listening({ interval: 60_000, take: async () => ({ ...nothing, rejected }) });
    const junk = 'x'.repeat(5000);
    const lines = [position(), position(), voyage[0], voyage[0], junk, 'a', 'b', 'c'];
    socket.write(`${lines.join('\n')}\n`);
    await until(() => counts['taken'] !== undefined);
    expect(counts).toEqual({
      taken: 1,
      'left out': 1,
      incomplete: 1,
      'too long': 1,
      'rejected: is a wrong checksum': 2,
      'rejected: is no AIS sentence': 1,
    });
  });
});
