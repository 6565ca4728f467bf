import { expect, test } from 'bun:test'
import { closeSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { startProgram, temporaryFolder } from '../src/testing/program.ts'
import { until } from '../src/testing/until.ts'

const app = new URL('../src/server/fixtures/caches-app.ts', import.meta.url).pathname
const fileIn = (dataDir: string) => join(dataDir, 'cache', 'cache.db')

/** In its place: it keeps its length, as it does when a disk fails. */
function overwrite(path: string): void {
  const file = openSync(path, 'r+')
  const { size } = statSync(path)
  writeSync(file, Buffer.alloc(size, 'garbage'), 0, size, 0)
  closeSync(file)
}

test('a start survives a damaged cache file: it is made anew, with a warning', async () => {
  const dataDir = temporaryFolder()
  await mkdir(join(dataDir, 'cache'))
  writeFileSync(fileIn(dataDir), 'garbage'.repeat(10_000))
  await using program = await startProgram(app, { dataDir })
  expect(program.output).toMatch(/^ {2}warning +The cache file was damaged \(file is not a database\)/m)
  const render = async () => (await (await fetch(`${program.url}/page/a`)).json()) as { render: string }
  expect(await render()).toEqual(await render())
  await program.stop()
  rmSync(dataDir, { recursive: true })
})

test('damage while it runs costs no request, also not that of a worker which begins then', async () => {
  const dataDir = temporaryFolder()
  const program = await startProgram(app, { dataDir })
  for (const path of [fileIn(dataDir), `${fileIn(dataDir)}-wal`]) overwrite(path)
  const get = async (path: string) => (await fetch(program.url + path, { keepalive: false })).status
  for (let request = 0; request < 50; request++) {
    expect(await get(`/page/${request}`)).toBe(200)
    expect(await get(`/value/${request}`)).toBe(200)
  }
  const before = program.workerPids
  program.signal('SIGHUP')
  await program.says('web workers replaced')
  await until(() => program.workerPids.every((pid) => !before.includes(pid)), { what: 'the old workers to leave' })
  expect(program.output).toContain('this process shares no cache')
  for (let request = 0; request < 20; request++) expect(await get(`/value/${request}`)).toBe(200)
  await program.stop()

  await using again = await startProgram(app, { dataDir })
  expect(again.output).toContain('The cache file was damaged')
  expect((await fetch(`${again.url}/value/a`)).status).toBe(200)
  await again.stop()
  rmSync(dataDir, { recursive: true })
})
