import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Millis } from '@portolan/domain';
import { AisGathering, type Gathered } from '@portolan/formats';
import type { Unread } from '../intake/intake.js';
import type { Receipt } from '../intake/receipt.js';
import { received } from './connection.js';
import { Lines } from './lines.js';

/** What became of sentences: `reason` where they were rejected. */
export interface Counted {
  readonly outcome: 'taken' | 'left out' | 'incomplete' | 'too long' | 'rejected';
  readonly reason?: string;
  readonly sentences: number;
}

export interface AisSourceOptions {
  /** host:port */
  readonly address: string;
  /** Of a vessel's positions one is taken, and those of so many milliseconds after it are left out. */
  readonly interval: Millis;
  readonly now: () => Millis;
  /** Puts a message into the log. */
  readonly take: (text: string) => Promise<Receipt | Unread>;
  readonly count: (counted: Counted) => void;
  /** Told when it is connected, and when it is not and why. */
  readonly onConnected: () => void;
  readonly onLost: (why: string, again: Millis) => void;
  /** Told when the log did not take a message: it is offered again after a while, or, at the end, given up. */
  readonly onRefused: (error: unknown, givenUp: boolean) => void;
  readonly pace?: Partial<Pace>;
}

/** Milliseconds, but for `lines`. */
export interface Pace {
  /** A message is put into the log after so long, or once it has so many lines. Defaults 1 s and 1 000. */
  readonly gather: Millis;
  readonly lines: number;
  /** The pause before trying again, doubled with each failure up to `longest`. Defaults 1 s and 1 min. */
  readonly again: Millis;
  readonly longest: Millis;
  /** A connection on which nothing comes for so long is made anew. Default 10 min. */
  readonly silence: Millis;
}

const usual: Pace = { gather: 1_000, lines: 1_000, again: 1_000, longest: 60_000, silence: 600_000 };

/** How often, at its end, a source offers the log its last message. */
const LAST_TRIES = 3;

/**
 * Reads sentences from a receiver or an aggregator over TCP, and connects again whenever the connection is lost. While the log takes a
 * message, at most one more is gathered, and then nothing is read. What was read when it is stopped goes into the log before it ends.
 */
export class AisSource {
  private readonly pace: Pace;
  private readonly gathering: AisGathering;
  private readonly lines = new Lines();
  private readonly stopping = new AbortController();
  private putting: Promise<void> | undefined;
  private readonly running: Promise<void>;

  constructor(private readonly options: AisSourceOptions) {
    this.pace = { ...usual, ...options.pace };
    this.gathering = new AisGathering({ interval: options.interval });
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const timer = setInterval(() => void this.put(), this.pace.gather);
    for (let failures = 0; !this.stopping.signal.aborted;) {
      const { heard, why } = await this.listen();
      if (this.stopping.signal.aborted) break;
      failures = heard ? 1 : failures + 1;
      const again = this.pauseAfter(failures);
      this.options.onLost(why, again);
      await this.pause(again);
    }
    clearInterval(timer);
    await this.putting;
    await this.put();
  }

  /** One connection, from its beginning to its end: whether anything came, and why it ended. */
  private async listen(): Promise<{ heard: boolean; why: string }> {
    const [, host, port] = /^\[?(.*?)\]?:(\d+)$/.exec(this.options.address)!;
    const socket = connect({ host: host!, port: Number(port), keepAlive: true });
    let [heard, why] = [false, 'the connection was closed at the other end'];
    socket.setTimeout(this.pace.silence, () => {
      // Where the log is slow, it is not the other end that is silent.
      if (socket.readableLength === 0) socket.destroy(new Error(`nothing came for ${this.pace.silence / 1000} s`));
    });
    socket.once('connect', this.options.onConnected);
    try {
      for await (const chunk of received(socket, this.stopping.signal)) {
        heard = true;
        await this.read(chunk);
      }
      if (!this.stopping.signal.aborted) this.gathering.add(this.lines.end(), this.options.now());
    } catch (error) {
      const { message, code } = error as NodeJS.ErrnoException;
      why = message || String(code);
    } finally {
      socket.destroy();
      this.gathering.end();
      this.lines.end();
    }
    return { heard, why };
  }

  private async read(chunk: Buffer): Promise<void> {
    for (const line of this.lines.in(chunk)) {
      this.gathering.add(line, this.options.now());
      while (this.gathering.size >= this.pace.lines) await this.put();
    }
  }

  /** Puts the message gathered so far into the log, unless the one before is still on its way there: then that is waited for. */
  private put(): Promise<void> {
    this.putting ??= this.deliver().finally(() => (this.putting = undefined));
    return this.putting;
  }

  private async deliver(): Promise<void> {
    const message = this.gathering.take(this.options.now());
    const { tooLong } = this.lines;
    this.lines.tooLong = 0;
    this.tell({ outcome: 'too long', sentences: tooLong });
    if (!message) return;
    this.tell({ outcome: 'left out', sentences: message.leftOut });
    this.tell({ outcome: 'incomplete', sentences: message.incomplete });
    if (message.text !== '') await this.deliverText(message);
  }

  private async deliverText({ text, taken }: Gathered): Promise<void> {
    for (let tries = 1, last = 0; ; tries++) {
      try {
        return this.tellOf(await this.options.take(text), taken);
      } catch (error) {
        if (this.stopping.signal.aborted) last += 1;
        this.options.onRefused(error, last === LAST_TRIES);
        if (last === LAST_TRIES) return;
        await (last > 0 ? sleep(this.pace.again) : this.pause(this.pauseAfter(tries)));
      }
    }
  }

  private tellOf(receipt: Receipt | Unread, sentences: number): void {
    if ('unreadable' in receipt)
      return this.tell({ outcome: 'rejected', reason: receipt.unreadable[0]!.message, sentences });
    this.tell({ outcome: 'taken', sentences: sentences - receipt.rejected.length });
    for (const { reason } of receipt.rejected) this.tell({ outcome: 'rejected', reason: kindOf(reason), sentences: 1 });
  }

  private tell(counted: Counted): void {
    if (counted.sentences > 0) this.options.count(counted);
  }

  private pauseAfter(failures: number): Millis {
    return Math.min(this.pace.longest, this.pace.again * 2 ** Math.min(failures - 1, 20));
  }

  private pause(length: Millis): Promise<void> {
    return sleep(length, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}

/** A reason without what differs from sentence to sentence, such as the checksum that would be right. */
const kindOf = (reason: string): string => reason.split(/[:(]/, 1)[0]!.trim();
