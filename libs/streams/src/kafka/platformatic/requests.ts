import {
  type Broker,
  Base,
  type BaseOptions,
  type ClusterMetadata,
  type Connection,
  kGetApi,
  kGetBootstrapConnection,
  kGetConnection,
} from '@platformatic/kafka';
import { Unanswered } from '../failure.js';
import { within } from '../within.js';
import { type KafkaLogOptions, REQUEST_MS } from '../options.js';

/** Builds a request's arguments, which may depend on its version. */
export type Arguments = (version: number) => readonly unknown[];

type Callback<T> = (error: Error | null, result: T) => void;
type Api = { (connection: Connection, ...args: unknown[]): void; readonly version: number };

/** Single requests to brokers, each in the newest version that both sides know, on connections of their own. */
export class Requests {
  private readonly base: Base;

  constructor(options: BaseOptions, onNotice?: KafkaLogOptions['onNotice']) {
    this.base = new Base(options);
    this.base.on('client:broker:failed', ({ broker }) =>
      onNotice?.({ level: 'warn', message: 'No connection to a broker', details: { ...broker } }),
    );
  }

  metadata(topics: readonly string[], fresh = false): Promise<ClusterMetadata> {
    return this.answered('Metadata', REQUEST_MS, this.base.metadata({ topics: [...topics], forceUpdate: fresh }));
  }

  /** Metadata that was wrong is asked for anew the next time. */
  forget(): void {
    this.base.clearMetadata();
  }

  /** Asks this broker, or any when none is given. */
  async ask<T>(name: string, broker: Broker | undefined, args: Arguments, patience = REQUEST_MS): Promise<T> {
    const connection = await this.answered('Connection', REQUEST_MS, this.connection(broker));
    const named = called<Api>((done) => this.base[kGetApi](name, done as never));
    const api = await this.answered('ApiVersions', REQUEST_MS, named);
    const answer = called<T>((done) => api(connection, ...args(api.version), done));
    return this.answered(name, patience, answer);
  }

  /** What does not answer in time is cut off: the client loses its place in what comes after an answer it no longer waits for. */
  private async answered<T>(name: string, patience: number, work: Promise<T>): Promise<T> {
    try {
      return await within(patience, name, work);
    } catch (error) {
      work.catch(() => {});
      if (error instanceof Unanswered) for (const [, { socket }] of this.base.connections) socket?.destroy();
      throw error;
    }
  }

  close(): Promise<void> {
    return this.base.close();
  }

  private connection(broker: Broker | undefined): Promise<Connection> {
    return called<Connection>((done) =>
      broker ? this.base[kGetConnection](broker, done as never) : this.base[kGetBootstrapConnection](done as never),
    );
  }
}

const called = <T>(start: (done: Callback<T>) => void): Promise<T> =>
  new Promise((resolve, reject) => start((error, result) => (error ? reject(error) : resolve(result))));
