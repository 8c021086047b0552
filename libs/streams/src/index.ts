export { isCompacted, topics } from './log.js';
export type {
  Appended,
  BatchContext,
  BatchHandler,
  DeliveryFailure,
  EventLog,
  LogRecord,
  NewRecord,
  Position,
  Progress,
  SubscribeOptions,
  Subscription,
  Topic,
} from './log.js';
export { openEmbeddedLog, type EmbeddedLogOptions } from './embedded/embedded-log.js';
export { openKafkaLog } from './kafka/kafka-log.js';
export type { KafkaClientName, KafkaLogOptions, KafkaNotice, SaslOptions, TlsOptions } from './kafka/options.js';
export type { Compression } from './kafka/codecs.js';
export { openLog, type LogSettings } from './open-log.js';
export { connectLog } from './transport/connect-log.js';
export { EventBatch, type EventBatchOptions, OriginalErrorFilter } from './transport/event-batch.js';
export {
  EventLogTransport,
  type BatchReport,
  type EventLogTransportOptions,
  type Lag,
} from './transport/event-log-transport.js';
export { withTraces } from './tracing/with-traces.js';
export { inSpan } from './tracing/span.js';
export { belongingTo, contextIn, contextsOf, isTracing } from './tracing/carrier.js';
export { keepPassedOver, type PassedOver } from './passed-over.js';
export { TRIES, isFaultOfProgram } from './transport/one-by-one.js';
export { promptly } from './promptly.js';
export { byKey } from './by-key.js';
export { Repetitions } from './repetitions.js';
export { Turns } from './turns.js';
export { partitionOf } from './partition.js';
export { LogError, type LogErrorCode, isTooLarge } from './error.js';
