/** Where a Redis is, as one line of text says it. @module */
import { CacheUsageError } from '../errors.ts'
import type { RedisAddress } from './options.ts'

/**
 * `redis://` and `rediss://` are one server. With `redis-sentinel://` the hosts are Sentinels and the path is the name
 * of the master; user and password are those of the servers behind them, `?sentinelPassword=` is the Sentinels'.
 *
 * @throws {CacheUsageError}
 * @example redisAddress('redis-sentinel://:secret@a:26379,b:26379,c:26379/mymaster')
 */
export function redisAddress(text: string): RedisAddress {
  const sentinels = /^redis(s?)-sentinel:\/\/(?:([^@/]*)@)?([^@/?]+)\/([^/?]+)(?:\?(.*))?$/.exec(text)
  if (!sentinels) {
    if (/^rediss?:\/\/[^/]/.test(text) && URL.canParse(text)) return { url: text }
    throw new CacheUsageError(
      'This is not the address of a Redis.',
      'Write redis://:password@host:6379/0, or redis-sentinel://:password@a:26379,b:26379/mymaster.',
    )
  }
  const [, tls = '', login = '', hosts = '', name = '', query = ''] = sentinels
  const [username = '', password = ''] = login.split(/:(.*)/s).map(decodeURIComponent)
  const sentinelPassword = new URLSearchParams(query).get('sentinelPassword')
  const before = `redis${tls}://${sentinelPassword ? `:${encodeURIComponent(sentinelPassword)}@` : ''}`
  return {
    sentinels: hosts.split(',').map((host) => before + (/:\d+$/.test(host) ? host : `${host}:26379`)),
    name: decodeURIComponent(name),
    ...(username && { username }),
    ...(password && { password }),
    ...(tls && { tls: true }),
  }
}
