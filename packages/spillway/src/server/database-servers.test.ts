import { expect, test } from 'bun:test'
import { Hono } from 'hono'
import { defineApp } from '../app.ts'
import { defineDatabase } from '../database/index.ts'
import { databaseServers } from './database-servers.ts'

const named = (name: string) => defineDatabase({ name, schema: {}, migrations: '.' })
const app = defineApp({ name: 'two', databases: [named('default'), named('analytics')], http: new Hono() })

const main = 'postgres://u:p@main:5432/shop'
const far = 'postgres://u:p@far:5432/facts'
const readers = 'postgres://u:p@readers:5432/shop'

function servers(env: Record<string, string>) {
  return databaseServers(app, app.readSettings({ DATABASE_URL: main, DATABASE_REPLICA_URLS: readers, ...env })).map(
    ({ primaryUrl, replicaUrls, isGiven, tokenName }) => ({ primaryUrl, replicaUrls, isGiven, tokenName }),
  )[1]!
}

test.each([
  ['nothing: the default one’s servers and tokens', {}, [main, [readers], false, 'default']],
  ['a primary: that one, without replicas', { ANALYTICS_DATABASE_URL: far }, [far, [], true, 'analytics']],
  [
    'replicas: its own readers of the default primary',
    { ANALYTICS_DATABASE_REPLICA_URLS: far },
    [main, [far], false, 'default'],
  ],
] as const)('what is set for a further database: %s', (_, env, [primaryUrl, replicaUrls, isGiven, tokenName]) => {
  expect(servers(env)).toEqual({ primaryUrl, replicaUrls: [...replicaUrls], isGiven, tokenName })
})

test('no database at all is said', () => {
  expect(() => databaseServers(app, app.readSettings({}))).toThrow(
    expect.objectContaining({ code: 'DATABASE_URL_MISSING' }),
  )
})

test.each([[['default', 'default']], [['default', 'My Data']]])('names must be distinct and plain: %p', (names) => {
  const define = () => defineApp({ name: 'two', databases: names.map(named), http: new Hono() })
  expect(define).toThrow(expect.objectContaining({ code: 'DATABASE_NAME_INVALID' }))
})
