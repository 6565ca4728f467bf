import { expect, test } from 'bun:test'
import { freePort } from '../embedded/ports.ts'
import { ensurePortIsFree } from './port.ts'

test('a free port is fine, and free afterwards', async () => {
  const port = freePort([])
  await ensurePortIsFree('127.0.0.1', port)
  await ensurePortIsFree('127.0.0.1', port)
})

test('a port that is shared with others is taken, too', async () => {
  const server = Bun.serve({ hostname: '127.0.0.1', port: 0, reusePort: true, fetch: () => new Response() })
  const message = await refusal('127.0.0.1', server.port!)
  expect(message).toBe(`PORT_TAKEN Another program listens on 127.0.0.1:${server.port}.`)
  await server.stop()
})

test('an address of another machine is named', async () => {
  expect(await refusal('192.0.2.1', 8000)).toStartWith("HOST_INVALID Can't listen on 192.0.2.1:8000")
})

async function refusal(host: string, port: number): Promise<string> {
  const error = await ensurePortIsFree(host, port).catch((reason) => reason)
  return `${error.code} ${error.message}`
}
