export {
  NOWHERE,
  type Change,
  type DocumentKey,
  type ListOptions,
  type Outcome,
  type Page,
  type Put,
  type ReadModel,
  type Stored,
} from './read-model.js';
export { openEmbeddedReadModel } from './embedded/embedded-read-model.js';
export { openRedisReadModel } from './redis/redis-read-model.js';
export type { RedisReadModelOptions } from './redis/options.js';
export { openStore, redisPlaces, type StoreSettings } from './open-store.js';
export { StoreError, type StoreErrorCode } from './error.js';
