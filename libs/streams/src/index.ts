export { topics } from './log.js';
export type {
  Appended,
  BatchContext,
  BatchHandler,
  DeliveryFailure,
  EventLog,
  LogRecord,
  NewRecord,
  Position,
  SubscribeOptions,
  Subscription,
  Topic,
} from './log.js';
export { openEmbeddedLog, type EmbeddedLogOptions } from './embedded/embedded-log.js';
export { partitionOf } from './partition.js';
export { LogError, type LogErrorCode } from './error.js';
