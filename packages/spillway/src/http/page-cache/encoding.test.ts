import { expect, test } from 'bun:test'
import { compress, encodings, isCompressible, negotiateEncoding } from './encoding.ts'

const chosen = (header: string | null) => encodings[negotiateEncoding(header)]

test('the best encoding that the client takes is chosen', () => {
  expect(chosen(null)).toBe('identity')
  expect(chosen('')).toBe('identity')
  expect(chosen('gzip, deflate, br, zstd')).toBe('br')
  expect(chosen('gzip, zstd')).toBe('zstd')
  expect(chosen('gzip')).toBe('gzip')
  expect(chosen('deflate')).toBe('identity')
  expect(chosen('*')).toBe('br')
})

test('weights are honoured', () => {
  expect(chosen('br;q=0.5, gzip;q=0.9')).toBe('gzip')
  expect(chosen('br;q=0, gzip')).toBe('gzip')
  expect(chosen('gzip;q=0')).toBe('identity')
  expect(chosen('br;q=nonsense')).toBe('identity')
})

test('every encoding can be read again by a client', async () => {
  const body = new TextEncoder().encode('spillway '.repeat(500))
  for (const encoding of [1, 2, 3]) {
    const compressed = await compress(body, encoding)
    expect(compressed.byteLength).toBeLessThan(body.byteLength / 4)
    const server = Bun.serve({
      port: 0,
      fetch: () => new Response(compressed, { headers: { 'content-encoding': encodings[encoding]! } }),
    })
    expect(await (await fetch(server.url)).text()).toBe('spillway '.repeat(500))
    await server.stop(true)
  }
})

test('small answers and pictures stay as they are', () => {
  expect(isCompressible('application/json', 100)).toBeFalse()
  expect(isCompressible('application/json; charset=utf-8', 1_000)).toBeTrue()
  expect(isCompressible('image/svg+xml', 1_000)).toBeTrue()
  expect(isCompressible('image/png', 100_000)).toBeFalse()
})
