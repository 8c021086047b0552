export type { Change, DocumentKey, ListOptions, Page, Put, ReadModel, Stored } from './read-model.js';
export { openEmbeddedReadModel } from './embedded/embedded-read-model.js';
export { openRedisReadModel, type RedisReadModelOptions } from './redis/redis-read-model.js';
export { StoreError, type StoreErrorCode } from './error.js';
