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
    return this.base.metadata({ topics: [...topics], forceUpdate: fresh });
  }

  /** Metadata that was wrong is asked for anew the next time. */
  forget(): void {
    this.base.clearMetadata();
  }

  /** Asks this broker, or any when none is given. */
  async ask<T>(name: string, broker: Broker | undefined, args: Arguments, patience = REQUEST_MS): Promise<T> {
    const connection = await this.connection(broker);
    const api = await called<Api>((done) => this.base[kGetApi](name, done as never));
    const answer = called<T>((done) => api(connection, ...args(api.version), done));
    try {
      return await within(patience, name, answer);
    } catch (error) {
      // The client loses its place in what comes after an answer that it no longer waits for.
      if ((error as Error).name === 'Unanswered') connection.socket.destroy();
      answer.catch(() => {});
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
