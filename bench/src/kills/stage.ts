import { openRedisReadModel, type ReadModel } from '@portolan/store';
import { type EventLog, type KafkaClientName, openKafkaLog } from '@portolan/streams';
import type { Actor } from './actor.js';
import { ServerActor } from './server.js';
import { Service } from './service.js';

export interface StageOptions {
  readonly client: KafkaClientName;
  readonly partitions: number;
  /** Does Redis keep what it was told when it is killed? */
  readonly durable: boolean;
}

/** Kafka, Redis and the three services as processes of this machine, all new. */
export class Stage {
  private constructor(
    private readonly options: StageOptions,
    readonly broker: ServerActor,
    readonly redis: ServerActor,
    readonly ingest: Service,
    readonly optimizer: Service,
    readonly api: Service,
  ) {}

  static async open(options: StageOptions): Promise<Stage> {
    const [broker, redis] = await Promise.all([ServerActor.kafka(), ServerActor.redis(options.durable)]);
    const env = (name: string) => ({
      PORTOLAN_LOG: 'kafka',
      PORTOLAN_KAFKA_BROKERS: broker.address,
      PORTOLAN_KAFKA_CLIENT: options.client,
      PORTOLAN_KAFKA_PARTITIONS: `${options.partitions}`,
      PORTOLAN_STORE: 'redis',
      PORTOLAN_REDIS_URL: `redis://${redis.address}`,
      // A member that is killed has its partitions again when it is back, not only after 10 s.
      ...(options.client === 'platformatic' && { PORTOLAN_KAFKA_INSTANCE: name }),
    });
    const service = (name: 'ingest' | 'optimizer' | 'api') => new Service(name, env(name));
    const stage = new Stage(options, broker, redis, service('ingest'), service('optimizer'), service('api'));
    try {
      await Promise.all(stage.services.map((each) => each.start()));
      await stage.ready();
      return stage;
    } catch (error) {
      await stage.close();
      throw error;
    }
  }

  get partitions(): number {
    return this.options.partitions;
  }

  get services(): readonly Service[] {
    return [this.ingest, this.optimizer, this.api];
  }

  get actors(): readonly Actor[] {
    return [...this.services, this.broker, this.redis];
  }

  async ready(): Promise<void> {
    await Promise.all(this.services.map((each) => each.ready()));
  }

  log(): Promise<EventLog> {
    const { client, partitions } = this.options;
    return openKafkaLog({ brokers: [this.broker.address], client, partitions });
  }

  store(): Promise<ReadModel> {
    return openRedisReadModel({ url: `redis://${this.redis.address}` });
  }

  async close(): Promise<void> {
    await Promise.all(this.services.map((each) => each.stop()));
    await Promise.all([this.broker.stop(), this.redis.stop()]);
  }
}
