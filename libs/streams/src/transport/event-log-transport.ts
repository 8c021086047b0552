import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type {
  BatchContext,
  BatchHandler,
  EventLog,
  LogRecord,
  Progress,
  SubscribeOptions,
  Subscription,
} from '../log.js';
import { type PassedOver, keepPassedOver } from '../passed-over.js';
import type { EventBatchOptions } from './event-batch.js';
import { oneByOne } from './one-by-one.js';

export type EventLogTransportOptions = Omit<SubscribeOptions, 'topics'> & {
  /** Told of every batch that a handler was given. */
  readonly onBatch?: (report: BatchReport) => void;
  /** Told of every record that was passed over, since its handler failed on it again and again. */
  readonly onPassedOver?: (passed: PassedOver) => void;
};

/** What became of one batch. */
export interface BatchReport {
  readonly group: string;
  readonly topic: string;
  readonly records: number;
  readonly seconds: number;
  /** Is it the first one since the subscription has the partition? */
  readonly first: boolean;
  /** It will come again. */
  readonly failed: boolean;
}

/** Records of a partition that a group's subscription here has, and has not handled yet. */
export interface Lag {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly records: number;
}

interface Reading {
  readonly settings: EventLogTransportOptions;
  readonly subscription: Subscription;
}

interface TopicHandler {
  readonly topic: string;
  readonly handler: MessageHandler<readonly LogRecord[], BatchContext>;
  readonly settings: EventLogTransportOptions;
}

/**
 * Nest's way to the log: `app.connectMicroservice({ strategy: new EventLogTransport(log, { group, from }) })`. Each `@EventBatch(topic)`
 * method gets whole batches of one partition, in order, and an error of it makes the batch come again; a record that it cannot handle is
 * kept in `portolan.rejected` after some tries, and the others go on. Handlers may have a group, a start and a batch size of their own. The
 * log stays open when the transport closes.
 */
export class EventLogTransport extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  private readonly handlers: TopicHandler[] = [];
  private readings: readonly Reading[] | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly options: EventLogTransportOptions,
  ) {
    super();
  }

  /** Called by Nest for every handler it finds. */
  override addHandler(topic: string, handler: MessageHandler, _isEvent = true, extras: EventBatchOptions = {}): void {
    const settings = { ...this.options, ...extras };
    const same = this.handlers.find((other) => other.topic === topic && other.settings.group === settings.group);
    if (same)
      throw new Error(`Two handlers of group ${settings.group} read ${topic}. Give one of them a group of its own.`);
    this.handlers.push({ topic, handler, settings });
  }

  async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      this.readings = await Promise.all(this.alike().map((handlers) => this.subscribe(handlers)));
      callback();
    } catch (error) {
      callback(error);
    }
  }

  async close(): Promise<void> {
    await Promise.all((this.readings ?? []).map(({ subscription }) => subscription.stop()));
    this.readings = undefined;
  }

  /** How far the handlers are behind the log, in the partitions they have now; `undefined` while they do not read. */
  async lags(): Promise<readonly Lag[] | undefined> {
    const lags = this.readings?.map(async ({ settings, subscription }) =>
      Promise.all(subscription.progress().map((progress) => this.lag(settings, progress))),
    );
    return lags && (await Promise.all(lags)).flat();
  }

  private async lag({ group, from }: EventLogTransportOptions, { topic, partition, next }: Progress): Promise<Lag> {
    const known = next ?? (from === 'beginning' ? await this.first(topic, partition) : undefined);
    const records =
      known === undefined
        ? (await this.log.lag(group, topic))[partition]!
        : Math.max(0, (await this.log.ends(topic))[partition]! - known);
    return { group, topic, partition, records };
  }

  /** The first record that is kept; behind the last one where none is. */
  private async first(topic: string, partition: number): Promise<number> {
    const [first] = await this.log.read(topic, partition, 0, 1);
    return first?.offset ?? (await this.log.ends(topic))[partition]!;
  }

  on(event: string): never {
    throw new Error(`The log has no event ${event}; a subscription's failures go to onFailure.`);
  }

  unwrap<T>(): T {
    return this.log as T;
  }

  /** Handlers with the same settings share a subscription, so that a group has as few members as possible. */
  private alike(): TopicHandler[][] {
    const groups = new Map<string, TopicHandler[]>();
    for (const handler of this.handlers) {
      const { group, from, maxBatch } = handler.settings;
      const key = `${from} ${maxBatch} ${group}`;
      groups.set(key, [...(groups.get(key) ?? []), handler]);
    }
    return [...groups.values()];
  }

  private async subscribe(handlers: readonly TopicHandler[]): Promise<Reading> {
    const byTopic = new Map(handlers.map(({ topic, handler }) => [topic, handler]));
    const settings = (handlers[0] as TopicHandler).settings;
    const { onBatch, onPassedOver, ...options } = settings;
    const deliver = async (batch: readonly LogRecord[], context: BatchContext) => {
      const handler = byTopic.get((batch[0] as LogRecord).topic) as MessageHandler;
      const result: unknown = await handler(batch, context);
      // Nest wraps what a filter throws, and streams of handlers, in an observable.
      if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
    };
    const handle = oneByOne(deliver, async (record, error, tries) => {
      const passed = { record, reader: options.group, reason: reasonOf(error), tries };
      await keepPassedOver(this.log, [passed]);
      onPassedOver?.(passed);
    });
    const subscription = await this.log.subscribe(
      { ...options, topics: [...byTopic.keys()] },
      onBatch ? reported(handle, options.group, onBatch) : handle,
    );
    return { settings, subscription };
  }
}

const reasonOf = (error: unknown): string =>
  `could not be handled: ${error instanceof Error ? error.message : String(error)}`;

function reported(handle: BatchHandler, group: string, onBatch: (report: BatchReport) => void): BatchHandler {
  return async (batch, context) => {
    const began = performance.now();
    const report = (failed: boolean) =>
      onBatch({
        group,
        topic: (batch[0] as LogRecord).topic,
        records: batch.length,
        seconds: (performance.now() - began) / 1000,
        first: context.fresh,
        failed,
      });
    try {
      await handle(batch, context);
      report(false);
    } catch (error) {
      report(true);
      throw error;
    }
  };
}
