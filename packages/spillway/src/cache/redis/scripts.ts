/**
 * What Redis does in one step. Each script touches keys of one slot only, unless its caller gives it more, which it
 * does with a single server and never with a Cluster.
 *
 * @module
 */

/** MGET gives nothing for a key of another type, where GET fails: what is foreign counts as missing. */
const keys = `
local function get(key) return redis.call('MGET', key)[1] end
`

/**
 * The sequence is the server's clock in microseconds, or one more than the last number where that is ahead: so it never
 * comes back to a number that was given out before, should it be lost or overwritten. What can't be a time between 2001
 * and 2223 is not ours; within that, doubles are exact.
 */
const numbers = `${keys}
local function text(number) return string.format('%.0f', number) end
local function numberIn(text)
  local number = text and string.match(text, '^%d+$') and tonumber(text)
  return number and number >= 1e15 and number <= 7e15 and number or nil
end
local function clock()
  local time = redis.call('TIME')
  return tonumber(time[1]) * 1000000 + tonumber(time[2])
end
local function sequence(key)
  local current = numberIn(get(key))
  if not current then
    current = clock()
    redis.call('SET', key, text(current))
  end
  return current
end
local function advance(key)
  local following = math.max(sequence(key) + 1, clock())
  redis.call('SET', key, text(following))
  return following
end
`

/** Positions of databases, in JSON. They have the same length, so they order as text. */
const positions = `
local function positionsIn(text)
  local isJson, found = pcall(cjson.decode, text or '')
  local positions = {}
  if not isJson or type(found) ~= 'table' then return positions end
  for name, position in pairs(found) do
    local isPosition = type(position) == 'string' and #position == 16 and not string.find(position, '[^0-9A-F]')
    if type(name) == 'string' and isPosition then positions[name] = position end
  end
  return positions
end
local function raise(key, given)
  if given == '' then return end
  local positions = positionsIn(get(key))
  for name, position in pairs(positionsIn(given)) do
    if not positions[name] or positions[name] < position then positions[name] = position end
  end
  redis.call('SET', key, cjson.encode(positions))
end
`

/** A lease is "held <sequence> <token>", or "failed <message>". */
const leases = `
local function holder(key)
  local value = get(key)
  if not value then return nil end
  return string.match(value, '^held (%d+) (.*)$')
end
local function isHeldBy(key, token)
  local _, holding = holder(key)
  return holding == token
end
`

/** A tag is "<hard> <soft>". One that is an hour ahead of the sequence is not ours: nothing would hold with it. */
const tags = `
local function version(tag, current)
  local hard, soft = string.match(get(tag) or '', '^(%d+) (%d+)$')
  hard, soft = numberIn(hard), soft == '0' and 0 or numberIn(soft)
  if not hard or not soft or math.max(hard, soft) > current + 3.6e9 then return nil end
  return hard, soft
end
local function know(tag, number, lifeMs)
  if not version(tag, number) then
    redis.call('SET', tag, text(number) .. ' 0', 'PX', lifeMs)
  elseif redis.call('PTTL', tag) < lifeMs / 2 then
    redis.call('PEXPIRE', tag, lifeMs)
  end
end
-- Two invalidations may arrive in either order: versions only rise.
local function mark(tag, number, kind, lifeMs)
  local hard, soft = version(tag, number)
  if not hard then
    -- Of an unknown tag it is not known what was invalidated before: it counts as hard.
    hard, soft = number, 0
  elseif kind == 'hard' then
    hard = math.max(hard, number)
  else
    soft = math.max(soft, number)
  end
  redis.call('SET', tag, text(hard) .. ' ' .. text(soft), 'PX', lifeMs)
end
`

export const redisScripts = {
  /**
   * Keys: floor, servers, sequence, positions. Arguments: the highest number and the positions that the caller has
   * seen, ids of the servers. When one of them is new here, or the number was never given out, writes have been lost:
   * the floor rises above them all. So may positions have been, which the caller still knows.
   */
  trust: `${numbers}${positions}
local seen = tonumber(ARGV[1])
local known = ' ' .. (get(KEYS[2]) or '') .. ' '
local floor = numberIn(get(KEYS[1]))
local isKnown = floor and math.max(floor, seen) <= sequence(KEYS[3])
raise(KEYS[4], ARGV[2])
for i = 3, #ARGV do
  if not string.find(known, ' ' .. ARGV[i] .. ' ', 1, true) then isKnown = false end
end
if not isKnown then
  floor = math.max(sequence(KEYS[3]), seen, clock()) + 1
  redis.call('SET', KEYS[1], text(floor))
  redis.call('SET', KEYS[3], text(floor))
  redis.call('SET', KEYS[2], table.concat(ARGV, ' ', 3))
end
return { text(floor), redis.call('TIME') }`,

  /** Keys: floor, sequence. A floor that is above the sequence is not ours. */
  look: `${numbers}
local floor = numberIn(get(KEYS[1]))
return { floor and floor <= sequence(KEYS[2]) and text(floor) or false, redis.call('TIME') }`,

  /** Keys: sequence. */
  sequence: `${numbers}
return text(sequence(KEYS[1]))`,

  /** Keys: sequence, positions. */
  outset: `${numbers}
return { text(sequence(KEYS[1])), get(KEYS[2]) }`,

  /** Keys: sequence, positions. Arguments: positions. */
  advance: `${numbers}${positions}
raise(KEYS[2], ARGV[1])
return text(advance(KEYS[1]))`,

  /** Keys: value, lease; sequence and positions, or the sequence as an argument. Arguments: token, forMs, voidBefore, sequence. */
  lease: `${numbers}${leases}
local lease = get(KEYS[2])
-- Ours run out.
if lease and redis.call('PTTL', KEYS[2]) > 0 then
  local held = holder(KEYS[2])
  if held and tonumber(held) >= tonumber(ARGV[3]) then return { 'held' } end
  if not held and string.sub(lease, 1, 7) == 'failed ' then return { 'failed', string.sub(lease, 8) } end
end
local since = KEYS[3] and text(sequence(KEYS[3])) or ARGV[4]
redis.call('SET', KEYS[2], 'held ' .. since .. ' ' .. ARGV[1], 'PX', ARGV[2])
return { 'granted', since, KEYS[4] and get(KEYS[4]) or '', get(KEYS[1]) }`,

  /** Keys: lease. Arguments: token, forMs. */
  renew: `${keys}${leases}
if not isHeldBy(KEYS[1], ARGV[1]) then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])`,

  /** Keys: lease. Arguments: token, and for a failure forMs and message. */
  fail: `${keys}${leases}
if not isHeldBy(KEYS[1], ARGV[1]) then return 0 end
if ARGV[2] then
  redis.call('SET', KEYS[1], 'failed ' .. ARGV[3], 'PX', ARGV[2])
else
  redis.call('DEL', KEYS[1])
end
return 1`,

  /** Keys: value, lease, and sequence and tags where they are in reach. Arguments: bytes, ttlMs, lifeMs, token. */
  put: `${numbers}${leases}${tags}
if ARGV[4] and not isHeldBy(KEYS[2], ARGV[4]) then return 0 end
if KEYS[4] then
  local current = sequence(KEYS[3])
  for i = 4, #KEYS do know(KEYS[i], current, tonumber(ARGV[3])) end
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
redis.call('DEL', KEYS[2])
return 1`,

  /** Keys: value. Arguments: expected bytes, bytes, ttlMs. */
  replace: `${keys}
if get(KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1`,

  /** Keys: value, lease. */
  drop: `
redis.call('DEL', KEYS[2])
return redis.call('DEL', KEYS[1])`,

  /** Keys: tag. Arguments: number, lifeMs. */
  know: `${numbers}${tags}
return know(KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2]))`,

  /** Keys: tag. Arguments: number, kind, lifeMs. */
  mark: `${numbers}${tags}
return mark(KEYS[1], tonumber(ARGV[1]), ARGV[2], ARGV[3])`,

  /** Keys: sequence, positions, tags. Arguments: kind, lifeMs, positions. */
  invalidate: `${numbers}${tags}${positions}
raise(KEYS[2], ARGV[3])
local number = advance(KEYS[1])
for i = 3, #KEYS do mark(KEYS[i], number, ARGV[1], ARGV[2]) end
return text(number)`,

  /** Keys: counter. Arguments: by, ttlMs. */
  increment: `
local value = redis.pcall('INCRBY', KEYS[1], ARGV[1])
if type(value) == 'table' then
  -- What was there is no counter, or full.
  value = tonumber(ARGV[1])
  redis.call('SET', KEYS[1], ARGV[1])
end
if redis.call('PTTL', KEYS[1]) < 0 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return value`,

  /**
   * Keys: channel. Arguments: message. As a script, because a Cluster's client would send each PUBLISH to some node by
   * chance, and they would arrive in any order.
   */
  announce: `return redis.call('PUBLISH', KEYS[1], ARGV[1])`,
} as const

export type RedisScript = keyof typeof redisScripts
