import type { Compression } from './codecs.js';

/** The libraries that can speak to Kafka. Which is better at what: docs/adr/0011-kafka-clients.md. */
export type KafkaClientName = 'kafkajs' | 'platformatic';

export interface KafkaLogOptions {
  /** `host:port` of one or more brokers; the others are found through them. */
  readonly brokers: readonly string[];
  /** Which library speaks to the brokers. Default `platformatic`. Members of one group may use different ones. */
  readonly client?: KafkaClientName;
  /** How the brokers' own logs name this program. Default `portolan`. */
  readonly clientId?: string;
  /** Partitions of topics still to be made. Default 6. Do not add partitions later: keys would change theirs. */
  readonly partitions?: number;
  /** Copies of topics still to be made. Default: what the brokers are set to. */
  readonly replication?: number;
  /** How many ids per topic are kept in memory against duplicates (docs/adr/0004-duplicates.md). Default 100 000. */
  readonly rememberedIds?: number;
  /** Of the batches that are appended. Those that are read may have any. Default `none`: large values are gzipped anyway. */
  readonly compression?: Compression;
  /** TLS with the authorities the system trusts, or as told. Default: none. */
  readonly tls?: boolean | TlsOptions;
  readonly sasl?: SaslOptions;
  /**
   * Static membership: a name that no other process has and that stays the same over restarts. A process that is back within its session gets its
   * partitions again without anybody else noticing. kafkajs has no such thing and refuses it.
   */
  readonly instance?: string;
  /**
   * Milliseconds without a sign of life after which a member's partitions go to others. Default 6000, the least that brokers allow unless told
   * otherwise. A process that works for longer at a time than this loses its partitions.
   */
  readonly sessionMs?: number;
  /** What the client reports about its connections; what fails for good is given to the caller besides. Default: nothing. */
  readonly onNotice?: (notice: KafkaNotice) => void;
  /** Told of what works, and somebody should look at. Default: a process warning. */
  readonly onWarning?: (warning: string) => void;
}

export interface TlsOptions {
  /** Certificates of the authorities that are trusted, PEM. Default: those of the system. */
  readonly ca?: string;
  /** This program's own certificate and key, PEM, where brokers ask for one. */
  readonly cert?: string;
  readonly key?: string;
}

export interface SaslOptions {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly username: string;
  readonly password: string;
}

export interface KafkaNotice {
  readonly level: 'warn' | 'info';
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Milliseconds for a connection to come about. */
export const CONNECT_MS = 3_000;
/** A request that has no answer after so many milliseconds has failed. */
export const REQUEST_MS = 10_000;
/** For what is asked of the brokers, with all its repetitions; then the caller is told. */
export const ANSWER_MS = 30_000;
/** Repetitions of what failed for a reason that may pass: 100, 200, 400, 800, 1600, 2000 ms apart. */
export const RETRY = { initialRetryTime: 100, maxRetryTime: 2_000, retries: 6 };

const SESSION_MS = 6_000;

/** How a group notices members that are gone, the same for both clients. */
export interface Session {
  readonly heartbeatMs: number;
  /** A killed member's partitions go to others, or to its next start, after this. */
  readonly silentAfterMs: number;
}

export const sessionOf = ({ sessionMs = SESSION_MS }: KafkaLogOptions): Session => ({
  heartbeatMs: Math.round(sessionMs / 6),
  silentAfterMs: sessionMs,
});

/** How a group is read, the same for both clients. */
export const GROUP = {
  /** So long others wait for a member's running handlers when partitions are shared anew. */
  rebalanceMs: 60_000,
  /** How long a fetch waits for news. */
  fetchMs: 300,
  bytesPerPartition: 4 * 1024 * 1024,
  handledAtOnce: 8,
};
