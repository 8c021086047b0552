/**
 * Applies a change as a whole, when its position is beyond the scope's.
 * KEYS: positions, collections. ARGV: prefix, scope, position, then per step: put or delete, collection, id, stored document.
 */
export const applyScript = `
local before = redis.call('HGET', KEYS[1], ARGV[2])
if before and tonumber(ARGV[3]) <= tonumber(before) then return 'stale' end
for i = 4, #ARGV, 4 do
  local documents = ARGV[1] .. ':documents:' .. ARGV[i + 1]
  local ids = ARGV[1] .. ':ids:' .. ARGV[i + 1]
  if ARGV[i] == 'put' then
    redis.call('SADD', KEYS[2], documents, ids)
    redis.call('HSET', documents, ARGV[i + 2], ARGV[i + 3])
    redis.call('ZADD', ids, 0, ARGV[i + 2])
  else
    redis.call('HDEL', documents, ARGV[i + 2])
    redis.call('ZREM', ids, ARGV[i + 2])
  end
end
redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
return 'applied'
`;

/** Forgets everything. KEYS: positions, collections. */
export const clearScript = `
for _, key in ipairs(redis.call('SMEMBERS', KEYS[2])) do redis.call('UNLINK', key) end
redis.call('UNLINK', KEYS[1], KEYS[2])
`;
