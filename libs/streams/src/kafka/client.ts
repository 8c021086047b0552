import { type Cluster, Kafka, type LogEntry, logLevel, PartitionAssigners, type SASLOptions } from 'kafkajs';

export interface KafkaLogOptions {
  /** `host:port` of one or more brokers; the others are found through them. */
  readonly brokers: readonly string[];
  /** How the brokers' own logs name this program. Default `portolan`. */
  readonly clientId?: string;
  /** Partitions of topics still to be made. Default 6. Do not add partitions later: keys would change theirs. */
  readonly partitions?: number;
  /** Copies of topics still to be made. Default: what the brokers are set to. */
  readonly replication?: number;
  /** How many ids per topic are kept in memory against duplicates (docs/adr/0004-duplicates.md). Default 100 000. */
  readonly rememberedIds?: number;
  readonly tls?: boolean;
  readonly sasl?: SASLOptions;
  /** What the client reports about its connections; what fails for good is given to the caller besides. Default: nothing. */
  readonly onNotice?: (notice: KafkaNotice) => void;
}

export interface KafkaNotice {
  readonly level: 'warn' | 'info';
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Gives up after about 6 s without an answer. */
const RETRY = { initialRetryTime: 100, maxRetryTime: 2_000, retries: 6 };

export const kafkaClient = ({ brokers, clientId = 'portolan', tls, sasl, onNotice }: KafkaLogOptions): Kafka =>
  new Kafka({
    clientId,
    brokers: [...brokers],
    connectionTimeout: 3_000,
    retry: RETRY,
    ...(tls !== undefined && { ssl: tls }),
    ...(sasl && { sasl }),
    logLevel: onNotice ? logLevel.INFO : logLevel.NOTHING,
    logCreator: () => (entry) => onNotice?.(noticeOf(entry)),
  });

/** What the client calls an error is tried again by it, or becomes an error of ours: a warning either way. */
const noticeOf = ({ level, log }: LogEntry): KafkaNotice => {
  const { message, timestamp: _when, logger: _client, ...details } = log;
  return { level: level <= logLevel.WARN ? 'warn' : 'info', message, details };
};

/**
 * The client's own view of the brokers, which can fetch from a partition without a consumer group. kafkajs hands it to
 * partition assigners only.
 */
export const clusterOf = (kafka: Kafka): Cluster => {
  const found: Cluster[] = [];
  const assigner: typeof PartitionAssigners.roundRobin = (config) => {
    found.push(config.cluster);
    return PartitionAssigners.roundRobin(config);
  };
  kafka.consumer({ groupId: 'portolan-reads', partitionAssigners: [assigner] });
  return found[0] as Cluster;
};
