import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { type Program, startProgram } from '../testing/program.ts'
import { until } from '../testing/until.ts'

const app = new URL('./fixtures/bare-app.ts', import.meta.url).pathname
let program: Program
beforeAll(async () => {
  program = await startProgram(app, { env: { WEB_WORKERS: '3' } })
})
afterAll(() => program[Symbol.asyncDispose]())

/** On a connection of its own, so that any worker may answer. */
const get = (path: string) => fetch(program.url + path, { keepalive: false, headers: { connection: 'close' } })
const pid = async () => ((await (await get('/pid')).json()) as { pid: number }).pid

describe('web workers', () => {
  test('share the port', async () => {
    const seen = new Set<number>()
    await until(async () => seen.add(await pid()).size === 3, { what: 'each of them to answer' })
    expect([...seen].sort()).toEqual(program.workerPids.sort())
  })

  test('share the pages that they render: a second request is a hit in any of them', async () => {
    const askAll = async () => {
      const answers: { cache: string | null; body: string }[] = []
      for (let page = 1; page <= 40; page++) {
        const response = await get(`/page/${page}`)
        answers.push({ cache: response.headers.get('x-cache'), body: await response.text() })
      }
      return answers
    }
    const first = await askAll()
    expect(first.filter(({ cache }) => cache === 'MISS')).toHaveLength(40)
    const second = await askAll()
    const hits = second.filter(({ cache, body }, page) => cache === 'HIT' && body === first[page]!.body)
    expect(hits).toHaveLength(40)
  })

  test('say that they are alive and ready', async () => {
    expect(await (await get('/healthz')).json()).toEqual({ status: 'alive' })
    const ready = await get('/readyz')
    expect(ready.status).toBe(200)
    expect(ready.headers.get('cache-control')).toBe('no-store')
    expect(await ready.json()).toEqual({ status: 'ready', servers: [] })
  })

  test('answer what is missing as a problem with an id of the request', async () => {
    const response = await get('/api/nothing')
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(response.headers.get('x-request-id')).toMatch(/^\w+-\w+$/)
  })
})
