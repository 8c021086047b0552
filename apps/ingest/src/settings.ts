import type { Mapping } from '@portolan/formats';
import type { Clock } from '@portolan/platform';
import { type ReadIncoming, readIncoming } from './intake/message.js';
import type { EventLog } from '@portolan/streams';

export interface IngestOptions {
  readonly log: EventLog;
  readonly clock: Clock;
  /** The planning cell of messages that name none. */
  readonly cell: string;
  /** By which tables are read: named with `?format=`, or because a table has their columns. Default none. */
  readonly mappings?: readonly Mapping[];
  /** Bytes of one body, sent or decompressed. Default 10 MB, 1 kB to 256 MB. */
  readonly bodyLimit?: number;
  /** Requests taken in at once; more are told to come again. Default 256. */
  readonly maxRequests?: number;
  /** Bytes of bodies held at once. Default 128 MB. */
  readonly maxBytesInFlight?: number;
  /** AIS receivers and aggregators to read from over TCP, host:port. Default none. */
  readonly aisSources?: readonly string[];
  /** Seconds after a position of a vessel within which others of the same source are left out. Default 60; 0: none is. */
  readonly aisInterval?: number;
  /** Milliseconds that the log may take for an append; then its sender is told to come again. Default 5000. */
  readonly logPatience?: number;
  /** How messages are read. Default: by the adapters of `libs/formats`. */
  readonly read?: ReadIncoming;
}

export type IngestSettings = Required<IngestOptions>;

export const MEGABYTE = 1_000_000;

export const settingsOf = (options: IngestOptions): IngestSettings => ({
  mappings: [],
  bodyLimit: 10 * MEGABYTE,
  maxRequests: 256,
  maxBytesInFlight: 128 * MEGABYTE,
  aisSources: [],
  aisInterval: 60,
  logPatience: 5_000,
  read: readIncoming,
  ...options,
});

/** Nest token of the settings. */
export const INGEST_OPTIONS = Symbol('IngestOptions');
