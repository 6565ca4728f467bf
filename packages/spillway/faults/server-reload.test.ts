/** Web workers are replaced under load. */
import { afterAll, describe, expect, test } from 'bun:test'
import { type Program, runCommand, startProgram } from '../src/testing/program.ts'
import { until } from '../src/testing/until.ts'
import { bareApp, get, progress, removeFolders, replaced, report, servingPid, writeApp } from './drill.ts'
import { startLoad, tally } from './load.ts'

afterAll(removeFolders)

const version = async (program: Program) => await (await get(program, '/version')).text()

describe('a reload', () => {
  test('fails no request, on kept connections and on new ones', async () => {
    await using program = await startProgram(bareApp)
    const loads = {
      kept: startLoad({ url: `${program.url}/fast`, clients: 10, connections: 'kept' }),
      resting: startLoad({ url: `${program.url}/fast`, clients: 30, connections: 'kept', restMs: 50 }),
      cached: startLoad({ url: `${program.url}/page/a`, clients: 5, connections: 'kept' }),
      slow: startLoad({ url: `${program.url}/slow?ms=1500`, clients: 10, connections: 'kept' }),
      new: startLoad({ url: `${program.url}/fast`, clients: 10, connections: 'new' }),
      ready: startLoad({ url: `${program.url}/readyz`, clients: 1, connections: 'new' }),
    }
    await progress(...Object.values(loads))
    for (let reload = 1; reload <= 6; reload++) {
      await replaced(program, async () => {
        if (reload % 2 === 0) program.signal('SIGHUP')
        else await runCommand(['reload', bareApp], { env: { DATA_DIR: program.dataDir } })
      })
    }
    await Promise.all(Object.values(loads).map((load) => load.stop()))
    for (const [name, { answered, failures, slowestMs }] of Object.entries(loads)) {
      report(`6 reloads, ${name}`, { answered, failed: tally(failures), slowestMs: Math.round(slowestMs) })
    }
    expect(Object.values(loads).flatMap(({ failures }) => failures)).toEqual([])
    expect(await program.stop()).toBe(0)
  })

  test('after MAX_REQUESTS comes by itself, and fails none either', async () => {
    await using program = await startProgram(bareApp, { env: { MAX_REQUESTS: '3000' } })
    const kept = startLoad({ url: `${program.url}/fast`, clients: 10, connections: 'kept' })
    const fresh = startLoad({ url: `${program.url}/fast`, clients: 10, connections: 'new' })
    const seen = new Set<number>()
    const look = () => {
      for (const pid of program.workerPids) seen.add(pid)
      return seen.size >= 8
    }
    await until(look, { what: 'eight workers in all', timeoutMs: 60_000 })
    await Promise.all([kept.stop(), fresh.stop()])
    report('recycled', { workers: seen.size, kept: kept.answered, new: fresh.answered })
    expect([...kept.failures, ...fresh.failures]).toEqual([])
    expect(await program.stop()).toBe(0)
  })

  test('brings new code', async () => {
    const app = writeApp('1')
    await using program = await startProgram(app)
    expect(await version(program)).toBe('1')
    writeApp('2', { path: app })
    await replaced(program, () => program.signal('SIGHUP'))
    for (let asked = 1; asked <= 20; asked++) expect(await version(program)).toBe('2')
  })

  test('to code that does not start changes nothing', async () => {
    const app = writeApp('1')
    await using program = await startProgram(app)
    const before = program.workerPids
    writeApp('2', { path: app, extra: `throw new Error('a typing error')` })
    program.signal('SIGHUP')
    await program.says('web workers not replaced')
    expect(program.output).toContain('last with: a typing error')
    await until(() => program.workerPids.length === before.length, { what: 'the new worker to be given up' })
    expect(program.workerPids).toEqual(before)
    expect(await version(program)).toBe('1')

    writeApp('3', { path: app })
    await replaced(program, () => program.signal('SIGHUP'))
    expect(await version(program)).toBe('3')
  })

  test('asked for again while one runs is not lost', async () => {
    const app = writeApp('1')
    await using program = await startProgram(app)
    const before = program.workerPids
    program.signal('SIGHUP')
    await until(async () => !before.includes(await servingPid(program)), { what: 'the first new worker to serve' })
    writeApp('2', { path: app })
    program.signal('SIGHUP')
    await program.says(/web workers replaced(.|\n)*web workers replaced/)
    for (let asked = 1; asked <= 20; asked++) expect(await version(program)).toBe('2')
    expect(await program.stop()).toBe(0)
  })

  test('does not hold up a stop', async () => {
    await using program = await startProgram(bareApp)
    program.signal('SIGHUP')
    await until(() => program.workerPids.length > 2, { what: 'a new worker' })
    expect(await program.stop()).toBe(0)
  })
})
