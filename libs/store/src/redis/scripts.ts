/**
 * Applies a change as a whole, when the scope is where it has to be. All keys are given, so that a cluster can tell that they are in one slot.
 * KEYS: positions, collections, staged steps, then for each collection its documents and its ids.
 * ARGV: scope, position, position that the scope has to have or nothing, how many values are staged, then per step: number of the
 * collection, id, stored document or nothing to delete it.
 */
const apply = `
local before = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '-1')
local position = tonumber(ARGV[2])
local after = ARGV[3] ~= '' and tonumber(ARGV[3]) or before
if position <= before or after ~= before then
  redis.call('UNLINK', KEYS[3])
  return position <= before and 'stale' or 'moved'
end
local staged = tonumber(ARGV[4])
if redis.call('LLEN', KEYS[3]) ~= staged then
  redis.call('UNLINK', KEYS[3])
  return redis.error_reply('TRYAGAIN the staged part of the change is gone')
end

local function carry_out(steps, first)
  for i = first, #steps, 3 do
    local documents = KEYS[2 + 2 * tonumber(steps[i])]
    local ids = KEYS[3 + 2 * tonumber(steps[i])]
    local id = steps[i + 1]
    if steps[i + 2] ~= '' then
      redis.call('HSET', documents, id, steps[i + 2])
      redis.call('ZADD', ids, 0, id)
    else
      redis.call('HDEL', documents, id)
      redis.call('ZREM', ids, id)
    end
  end
end

for i = 4, #KEYS do redis.call('SADD', KEYS[2], KEYS[i]) end
for first = 0, staged - 1, 3000 do carry_out(redis.call('LRANGE', KEYS[3], first, first + 2999), 1) end
carry_out(ARGV, 5)
redis.call('UNLINK', KEYS[3])
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
return 'applied'
`;

/** Forgets everything. KEYS: positions, collections, then all that is in collections; gives 0 when something was added meanwhile. */
const clear = `
if redis.call('SCARD', KEYS[2]) ~= #KEYS - 2 then return 0 end
redis.call('UNLINK', unpack(KEYS))
return 1
`;

type Values = readonly string[];

/** What the client can do besides Redis' own commands. */
export interface Scripts {
  portolanApply(keys: number, names: Values, values: Values): Promise<'applied' | 'stale' | 'moved'>;
  portolanClear(keys: number, names: Values): Promise<0 | 1>;
}

export const scripts = { portolanApply: { lua: apply }, portolanClear: { lua: clear } };
