import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from 'spillway/testing'

const folder = mkdtempSync(join(tmpdir(), 'spillway-example-'))
const running: Bun.Subprocess[] = []
let urls: string[]

/** Bun says on which port it listens, when it is asked for any. */
async function start(): Promise<string> {
  const env = { ...process.env, PORT: '0', CACHE_FILE: join(folder, 'cache.db') }
  const command = [process.execPath, join(import.meta.dir, 'app.ts')]
  const child = Bun.spawn(command, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  running.push(child)
  let said = ''
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    said += chunk
    const url = /http:\/\/[\d.a-z]+:\d+/.exec(said)?.[0]
    if (url) return url
  }
  throw new Error(`The example ended: ${said}${await new Response(child.stderr).text()}`)
}

beforeAll(async () => {
  urls = await Promise.all([start(), start()])
})
afterAll(async () => {
  for (const child of running) child.kill()
  await Promise.all(running.map(({ exited }) => exited))
  rmSync(folder, { recursive: true })
})

const ask = async (url: string) => await (await fetch(url)).text()
const weather = () => Promise.all(urls.map((url) => ask(`${url}/weather/seoul`)))
const loads = async () => {
  const counts = await Promise.all(urls.map((url) => ask(`${url}/loads`)))
  return counts.map(Number).reduce((sum, count) => sum + count, 0)
}

test('two processes load a value once, and what one of them invalidates is loaded anew for both', async () => {
  const shown = (await Promise.all([weather(), weather(), weather()])).flat()
  expect(new Set(shown).size).toBe(1)
  expect(shown[0]).toContain('"city":"seoul"')
  expect(await loads()).toBe(1)

  expect((await fetch(`${urls[1]}/weather/seoul`, { method: 'POST' })).status).toBe(204)
  // The other process hears of it within milliseconds.
  const fresh = await until(async () => {
    const [one, other] = await weather()
    return one === other && one !== shown[0] ? one : undefined
  })
  expect(fresh).toContain('"city":"seoul"')
  expect(await loads()).toBe(2)
})
