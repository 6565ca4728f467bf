/** A program is stopped: under load, impatiently, and before it has started. */
import { afterAll, describe, expect, test } from 'bun:test'
import { launchProgram, startProgram } from '../src/testing/program.ts'
import { until } from '../src/testing/until.ts'
import { allServe, bareApp, get, items, itemsApp, newFolder, progress, removeFolders } from './drill.ts'
import { startLoad } from './load.ts'

afterAll(removeFolders)

/** The status, or that there was none. */
const outcome = (answer: Promise<Response>): Promise<number | string> =>
  answer.then(
    ({ status }) => status,
    () => 'cut off',
  )

describe('SIGTERM', () => {
  test('under load: readiness goes first, every request under way is answered, nothing is left', async () => {
    await using program = await startProgram(bareApp, { env: { DRAIN_DELAY_SECONDS: '1' } })
    const kept = startLoad({ url: `${program.url}/fast`, connections: 'kept' })
    const fresh = startLoad({ url: `${program.url}/fast`, clients: 5, connections: 'new' })
    const balancer = startLoad({ url: `${program.url}/readyz`, clients: 1, connections: 'new' })
    await progress(kept, fresh, balancer)
    const slow = Array.from({ length: 10 }, () => outcome(get(program, '/slow?ms=2000')))
    program.signal('SIGTERM')
    // What isn't ready gets no more requests.
    await until(() => balancer.failures.length > 0, { what: '/readyz to fail' })
    await Promise.all([kept.stop(), fresh.stop(), balancer.stop()])
    expect(balancer.failures[0]?.reason).toBe('status 503')
    expect(kept.failures).toEqual([])
    expect(fresh.failures).toEqual([])
    expect(await Promise.all(slow)).toEqual(slow.map(() => 200))
    expect(await program.exited).toBe(0)
    await program.gone()
  })

  test('lets a slow request end also without a drain delay', async () => {
    await using program = await startProgram(bareApp)
    const slow = Array.from({ length: 10 }, () => outcome(get(program, '/slow?ms=2000')))
    await allServe(program, program.workerPids)
    program.signal('SIGTERM')
    expect(await Promise.all(slow)).toEqual(slow.map(() => 200))
    expect(await program.exited).toBe(0)
    await program.gone()
  })

  test('waits no longer than it was told for a request that lasts', async () => {
    await using program = await startProgram(bareApp, { env: { SHUTDOWN_TIMEOUT_SECONDS: '1' } })
    const slow = outcome(get(program, '/slow?ms=600000'))
    await allServe(program, program.workerPids)
    expect(await program.stop()).toBe(0)
    expect(await slow).toBe('cut off')
    expect(program.output).toContain('requests still in flight at the deadline are cut off')
  })

  test('waits no longer for a worker that hangs, while the others go on', async () => {
    await using program = await startProgram(bareApp, { env: { SHUTDOWN_TIMEOUT_SECONDS: '1' } })
    const hung = outcome(get(program, '/hang'))
    await until(async () => (await Promise.race([outcome(get(program, '/fast')), Bun.sleep(1_000)])) === 200)
    expect(await program.stop()).toBe(0)
    expect(await hung).toBe('cut off')
  })

  test('twice at once is once, as npm passes on what the terminal has sent; a later one cuts off', async () => {
    await using program = await startProgram(bareApp, { env: { SHUTDOWN_TIMEOUT_SECONDS: '600' } })
    const slow = outcome(get(program, '/slow?ms=600000'))
    await allServe(program, program.workerPids)
    const firstAt = performance.now()
    const impatience = setInterval(() => program.signal('SIGINT'), 50)
    expect(await program.exited).toBe(0)
    clearInterval(impatience)
    expect(performance.now() - firstAt).toBeGreaterThan(1_000)
    // Bun itself cuts a request off that is silent for ten seconds.
    expect(performance.now() - firstAt).toBeLessThan(8_000)
    expect(await slow).toBe('cut off')
    await program.gone()
  })
})

describe('SIGTERM during a start leaves nothing, and the next start works', () => {
  test.each([
    ['while the database is made', 'A new database is made'],
    ['when the database answers', /^ {2}database/m],
    ['during the migrations', /^ {2}migration/m],
    ['during the seed', /^ {2}items$/m],
    ['while the workers start', /^ {2}demo data/m],
  ])('%s', async (_, moment) => {
    const dataDir = newFolder()
    const env = { SEED_STEPS: '10' }
    await using first = launchProgram(itemsApp, { dataDir, env })
    await first.says(moment)
    expect(await first.stop()).toBe(0)
    await using next = await startProgram(itemsApp, { dataDir, env })
    expect(await items(next)).toHaveLength(10)
    expect(await next.stop()).toBe(0)
  })

  test('at any moment', async () => {
    const dataDir = newFolder()
    const env = { SEED_STEPS: '10' }
    for (let round = 1; round <= 10; round++) {
      await using program = launchProgram(itemsApp, { dataDir, env })
      await Bun.sleep(Math.random() * 2_000)
      await program.stop()
    }
    await using next = await startProgram(itemsApp, { dataDir, env })
    expect(await items(next)).toHaveLength(10)
  })
})
