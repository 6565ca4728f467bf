import { expect, test } from 'bun:test'
import { redisAddress } from './address.ts'

test('one server is its URL', () => {
  expect(redisAddress('rediss://:secret@redis:6380/1')).toEqual({ url: 'rediss://:secret@redis:6380/1' })
})

test('Sentinels are their hosts and the name of the master, with the password of the servers behind them', () => {
  expect(redisAddress('redis-sentinel://me:p%40ss@a:26380,b/mymaster?sentinelPassword=x')).toEqual({
    sentinels: ['redis://:x@a:26380', 'redis://:x@b:26379'],
    name: 'mymaster',
    username: 'me',
    password: 'p@ss',
  })
  expect(redisAddress('rediss-sentinel://a/m')).toEqual({ sentinels: ['rediss://a:26379'], name: 'm', tls: true })
})

test('anything else is told from an address', () => {
  for (const text of ['redis:6379', 'http://redis', 'redis-sentinel://a:26379', 'redis://']) {
    expect(() => redisAddress(text)).toThrow('not the address')
  }
})
