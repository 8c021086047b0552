export { topics } from './log.js';
export type {
  Appended,
  BatchContext,
  BatchHandler,
  EventLog,
  LogRecord,
  NewRecord,
  Position,
  SubscribeOptions,
  Subscription,
  Topic,
} from './log.js';
export { LogError, type LogErrorCode } from './error.js';
