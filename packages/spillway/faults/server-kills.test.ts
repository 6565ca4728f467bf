/** Processes of a program are killed under load: one, some, all. */
import { afterAll, describe, expect, test } from 'bun:test'
import { launchProgram, startProgram } from '../src/testing/program.ts'
import { until } from '../src/testing/until.ts'
import {
  addItem,
  allServe,
  bareApp,
  errorsIn,
  get,
  inTerminal,
  items,
  itemsApp,
  newFolder,
  progress,
  removeFolders,
  report,
  servingPid,
  throughNpm,
} from './drill.ts'
import { startLoad, tally } from './load.ts'

afterAll(removeFolders)

describe('kill -9 of a web worker under load', () => {
  test('fails only what that worker had in hand, and another is there within a second', async () => {
    await using program = await startProgram(bareApp)
    const kept = startLoad({ url: `${program.url}/pid`, clients: 20, connections: 'kept' })
    const fresh = startLoad({ url: `${program.url}/pid`, clients: 10, connections: 'new' })
    await allServe(program, program.workerPids)
    for (const victim of program.workerPids) {
      const before = { kept: kept.failures.length, fresh: fresh.failures.length }
      const others = program.workerPids.filter((pid) => pid !== victim)
      const killedAt = performance.now()
      process.kill(victim, 'SIGKILL')
      await until(async () => ![victim, ...others].includes(await servingPid(program)), { what: 'a new worker' })
      const backAfterMs = Math.round(performance.now() - killedAt)
      await progress(kept, fresh)

      const failed = kept.failures.slice(before.kept)
      const freshFailed = fresh.failures.slice(before.fresh)
      report('a worker killed', { backAfterMs, kept: tally(failed), new: tally(freshFailed) })
      expect(backAfterMs).toBeLessThan(3_000)
      // Each failed once, and its connection had been answered by the victim before.
      expect(failed.length).toBeLessThanOrEqual(20)
      expect(failed.filter(({ lastBody }) => lastBody !== JSON.stringify({ pid: victim }))).toEqual([])
      expect(freshFailed.length).toBeLessThanOrEqual(10)
    }
    await Promise.all([kept.stop(), fresh.stop()])
    expect(await program.stop()).toBe(0)
  })

  test('is survived twenty times in a row', async () => {
    await using program = await startProgram(bareApp)
    const load = startLoad({ url: `${program.url}/fast`, connections: 'kept' })
    for (let kill = 1; kill <= 20; kill++) {
      const victim = await until(() => program.workerPids[0], { what: 'a worker to kill', timeoutMs: 20_000 })
      process.kill(victim, 'SIGKILL')
      await until(() => !program.workerPids.includes(victim), { what: 'its end' })
    }
    await until(() => program.workerPids.length === 2, { what: 'both workers', timeoutMs: 20_000 })
    await allServe(program, program.workerPids)
    await load.stop()
    report('twenty kills', { answered: load.answered, failed: tally(load.failures) })
    expect(await program.stop()).toBe(0)
  })
})

describe('workers that crash', () => {
  test.each(['at the start', 'when ready'])('%s, again and again, end the program with the reason', async (CRASH) => {
    await using program = launchProgram(bareApp, { env: { CRASH } })
    expect(await program.exited).toBe(1)
    await program.gone()
    const [message, ...others] = errorsIn(program)
    expect(message).toMatch(
      /^Error A web worker can't be kept running: web \d failed 5 times in a row, last with: the till/,
    )
    expect(others).toEqual([])
  })

  test('now and then are replaced, and the log says why', async () => {
    await using program = await startProgram(bareApp, { env: { WEB_WORKERS: '1' } })
    for (const [path, reason] of [
      ['/exit', 'exit code 7'],
      ['/throw', 'thrown where nobody catches'],
    ] as const) {
      const before = await servingPid(program)
      // It may be answered before the end or not at all.
      await get(program, path).catch(() => undefined)
      await until(async () => (await servingPid(program)) !== before, { what: `a worker after ${path}` })
      expect(program.output).toContain(`"reason":"${reason}"`)
    }
  })
})

describe('kill -9 of the supervisor', () => {
  test('under load leaves nothing after a few seconds', async () => {
    await using program = await startProgram(itemsApp)
    const load = startLoad({ url: `${program.url}/api/items`, connections: 'kept' })
    await progress(load)
    const killedAt = performance.now()
    process.kill(program.supervisorPid, 'SIGKILL')
    await program.gone(10_000)
    report('supervisor killed', { nothingLeftAfterMs: Math.round(performance.now() - killedAt) })
    await load.stop()
  })

  test('does not stand in the way of a start right after it', async () => {
    const dataDir = newFolder()
    await using program = await startProgram(itemsApp, { dataDir })
    const load = startLoad({ url: `${program.url}/api/items`, connections: 'kept' })
    await progress(load)
    await addItem(program, 'kept')
    process.kill(program.supervisorPid, 'SIGKILL')
    await using next = await startProgram(itemsApp, { dataDir, port: program.port })
    await load.stop()
    expect(await items(next)).toContain('kept')
    expect(await next.stop()).toBe(0)
  })

  test('at any moment of a start leaves nothing, and the next start works', async () => {
    const dataDir = newFolder()
    const env = { SEED_STEPS: '10' }
    for (let round = 1; round <= 6; round++) {
      await using program = launchProgram(itemsApp, { dataDir, env })
      await Bun.sleep(Math.random() * 2_000)
      program.signal('SIGKILL')
      await program.gone()
    }
    await using next = await startProgram(itemsApp, { dataDir, env })
    expect(await items(next)).toHaveLength(10)
    expect(await next.stop()).toBe(0)
  })

  test('and of its watcher: the workers end by themselves, the next start ends the database servers', async () => {
    const dataDir = newFolder()
    await using program = await startProgram(itemsApp, { dataDir })
    await addItem(program, 'kept')
    const watcher = program.processes().find(({ command }) => command.includes('spillway-tether'))!
    const supervisor = program.supervisorPid
    process.kill(supervisor, 'SIGSTOP') // else it would start another watcher at once
    process.kill(watcher.pid, 'SIGKILL')
    process.kill(supervisor, 'SIGKILL')
    await until(() => program.workerPids.length === 0, { what: 'the workers to end' })
    expect(program.processes().filter(({ command }) => command.includes('postgres'))).not.toBeEmpty()
    await using next = await startProgram(itemsApp, { dataDir })
    expect(await items(next)).toContain('kept')
    expect(await next.stop()).toBe(0)
  })
})

describe('kill -9', () => {
  test('of everything at once: the next start works and has the data', async () => {
    const dataDir = newFolder()
    await using program = await startProgram(itemsApp, { dataDir })
    const load = startLoad({ url: `${program.url}/api/items`, connections: 'kept' })
    await progress(load)
    await addItem(program, 'kept')
    for (const { pid } of program.processes()) process.kill(pid, 'SIGSTOP')
    for (const { pid } of program.processes()) process.kill(pid, 'SIGKILL')
    await program.gone()
    await using next = await startProgram(itemsApp, { dataDir, port: program.port })
    await load.stop()
    expect(await items(next)).toContain('kept')
    expect(await next.stop()).toBe(0)
  })

  test('of npm stops the program that it had started', async () => {
    await using program = await startProgram(itemsApp, { through: throughNpm })
    expect(program.supervisorPid).not.toBe(program.pid)
    process.kill(program.pid, 'SIGKILL')
    await program.gone()
    expect(program.output).toContain('Stopped.')
  })

  test('of the terminal stops the program in it', async () => {
    await using program = await startProgram(bareApp, { through: inTerminal })
    expect(program.supervisorPid).not.toBe(program.pid)
    process.kill(program.pid, 'SIGKILL')
    await program.gone()
  })
})
