import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Backend, SqliteTier, silentBus, type WarmerDefinition, warmer } from '../cache/index.ts'
import { createLogger, type Part } from '../foundation/index.ts'
import { until } from '../testing/until.ts'
import { warmingPart } from './warming-part.ts'

const lines: string[] = []
const logger = createLogger('test', 'info', { write: (line) => lines.push(line) })
let folder: string
const parts: Part[] = []
const backends: Backend[] = []

beforeEach(() => {
  lines.length = 0
  folder = mkdtempSync(join(tmpdir(), 'warming-'))
})
afterEach(async () => {
  await Promise.all(parts.splice(0).map((part) => part.stop()))
  await Promise.all(backends.splice(0).map((backend) => backend.close()))
  rmSync(folder, { recursive: true })
})

/** What each process has of the tier that all share. */
function backendOf(): Backend {
  const tier = new SqliteTier({ path: join(folder, 'cache.db') })
  const backend = new Backend({ tier, bus: silentBus, logger })
  backends.push(backend)
  return backend
}

async function startProcess(
  runs: WarmerDefinition['run'] | WarmerDefinition[],
  { release = 'r1', everySeconds = 600 } = {},
): Promise<Part> {
  const definitions = Array.isArray(runs) ? runs : [{ name: 'things', everySeconds, run: runs }]
  const warmers = definitions.map((one) => warmer(one))
  const part = warmingPart({ warmers, backend: backendOf(), release, page: async () => undefined, logger })
  parts.push(part)
  await part.start()
  return part
}

const finished = () => lines.filter((line) => line.includes('caches are warm')).length
const aLongTime = () => new Promise<void>(() => undefined)

describe('the warmers of a fleet', () => {
  test('run once a release, whatever the number of processes', async () => {
    const runs: string[] = []
    for (const name of ['a', 'b', 'c']) await startProcess(async () => runs.push(name))
    await until(() => finished() === 1, { what: 'the run' })
    await startProcess(async () => runs.push('next release'), { release: 'r2' })
    await until(() => finished() === 2, { what: 'the run of the next release' })
    expect(runs).toHaveLength(2)
    expect(runs[1]).toBe('next release')
  })

  test('run again and again', async () => {
    let runs = 0
    await startProcess(async () => runs++, { everySeconds: 0.05 })
    await until(() => runs >= 3, { what: 'three runs' })
  })

  test('run one after the other in their order', async () => {
    const steps: string[] = []
    const step = (name: string) => ({
      name,
      run: async () => {
        steps.push(`${name} begins`)
        await Bun.sleep(5)
        steps.push(`${name} ends`)
      },
    })
    await startProcess([step('hot'), step('less-hot')])
    await until(() => finished() === 2, { what: 'both' })
    expect(steps).toEqual(['hot begins', 'hot ends', 'less-hot begins', 'less-hot ends'])
  })

  test('are taken over at once from a process that drains, even when its run does not heed that', async () => {
    let isRunning = false
    const first = await startProcess(
      async () => {
        isRunning = true
        await aLongTime()
      },
      { everySeconds: 1 },
    )
    await until(() => isRunning, { what: 'the first run' })
    let isTakenOver = false
    await startProcess(async () => (isTakenOver = true), { everySeconds: 1 })
    await first.stop()
    await until(() => isTakenOver, { what: 'the other process' })
  })

  test('are taken over from a process that has died', async () => {
    await backendOf().tier.lease({ key: 'warmers:r1:things', token: 'dead', forMs: 300, voidBefore: 0 })
    let runs = 0
    await startProcess(async () => runs++, { everySeconds: 0.2 })
    await until(() => runs > 0, { what: 'the other process' })
  })

  test('end no process when they fail: it is said with what to do, and tried again', async () => {
    let runs = 0
    const fail = async () => {
      runs++
      throw new Error('no database')
    }
    await startProcess(fail, { everySeconds: 0.05 })
    await until(() => runs >= 2, { what: 'another attempt' })
    const told = lines.map((line) => JSON.parse(line)).find(({ level }) => level === 'error')
    expect(told).toMatchObject({ warmer: 'things', error: 'no database' })
    expect(told.msg).toContain('spillway cache warm things')
  })
})
