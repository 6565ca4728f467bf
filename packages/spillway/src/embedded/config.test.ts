import { expect, test } from 'bun:test'
import { renderConfig } from './config.ts'

const settingsOf = (config: string) =>
  Object.fromEntries([...config.matchAll(/^(\w+) = '(.*)'$/gm)].map(([, ...pair]) => pair))

test('a replica has the settings of its primary, and where that is', () => {
  const { port: _, ...primary } = settingsOf(renderConfig({ port: 20_001 }))
  const { primary_conninfo, primary_slot_name, ...replica } = settingsOf(
    renderConfig({ port: 20_002, upstream: { port: 20_001, password: 'secret', name: 'replica-1' } }),
  )
  expect(replica).toEqual({ ...primary, port: '20002' })
  expect(primary_conninfo).toBe('host=127.0.0.1 port=20001 user=spillway password=secret application_name=replica-1')
  expect(primary_slot_name).toBe('replica_1')
})
