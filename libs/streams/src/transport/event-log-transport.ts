import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { BatchContext, EventLog, LogRecord, SubscribeOptions, Subscription } from '../log.js';
import type { EventBatchOptions } from './event-batch.js';

export type EventLogTransportOptions = Omit<SubscribeOptions, 'topics'>;

interface TopicHandler {
  readonly topic: string;
  readonly handler: MessageHandler<readonly LogRecord[], BatchContext>;
  readonly settings: EventLogTransportOptions;
}

/**
 * Nest's way to the log: `app.connectMicroservice({ strategy: new EventLogTransport(log, { group, from }) })`. Each `@EventBatch(topic)`
 * method gets whole batches of one partition, in order, and an error of it makes the batch come again. Handlers may have
 * a group, a start and a batch size of their own. The log stays open when the transport closes.
 */
export class EventLogTransport extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  private readonly handlers: TopicHandler[] = [];
  private subscriptions: readonly Subscription[] = [];

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
      this.subscriptions = await Promise.all(this.alike().map((handlers) => this.subscribe(handlers)));
      callback();
    } catch (error) {
      callback(error);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.subscriptions.map((subscription) => subscription.stop()));
    this.subscriptions = [];
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

  private subscribe(handlers: readonly TopicHandler[]): Promise<Subscription> {
    const byTopic = new Map(handlers.map(({ topic, handler }) => [topic, handler]));
    const settings = (handlers[0] as TopicHandler).settings;
    return this.log.subscribe({ ...settings, topics: [...byTopic.keys()] }, async (batch, context) => {
      const handler = byTopic.get((batch[0] as LogRecord).topic) as MessageHandler;
      const result: unknown = await handler(batch, context);
      // Nest wraps what a filter throws, and streams of handlers, in an observable.
      if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
    });
  }
}
