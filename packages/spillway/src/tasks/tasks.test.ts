import { describe, expect, spyOn, test } from 'bun:test'
import { Job, type Processor, type Worker } from 'bullmq'
import { z } from 'zod'
import { createLogger, currentContext, runInContext } from '../foundation/index.ts'
import { taskBackends } from '../testing/task-backends.ts'
import { taskSuite } from '../testing/task-suite.ts'
import { until } from '../testing/until.ts'
import { type Priority, type Task, TaskFailedError, TaskInputError, TaskUsageError, task } from './index.ts'

const note = { input: z.object({ text: z.string() }) }

describe.each(taskBackends)('tasks on %s', (_, openBackends) => {
  const { started } = taskSuite(openBackends)

  test('a task is run with its input and its result can be asked for', async () => {
    const double = task('double', { input: z.object({ n: z.number() }) }, ({ n }) => ({ twice: 2 * n }))
    const { work } = started(double)
    const run = await double.enqueue({ n: 21 })
    expect(await run.state()).toBe('waiting')
    await work()
    expect(await run.result()).toEqual({ twice: 42 })
    expect(await run.state()).toBe('completed')
  })

  test('many are enqueued at once', async () => {
    const seen: string[] = []
    const collect = task('collect', note, ({ text }) => void seen.push(text))
    const { work } = started(collect)
    const runs = await collect.enqueueMany(Array.from({ length: 250 }, (_, i) => ({ text: String(i) })))
    await work()
    await Promise.all(runs.map((run) => run.result()))
    expect(new Set(seen).size).toBe(250)
  })

  test('one that is done is no dead letter when that can not be written, but runs again', async () => {
    const quick = task('quick', note, () => 'done')
    const { work, queues } = started(quick)
    const lines: string[] = []
    const worker = await work({ logger: createLogger('test', 'warn', { write: (line) => void lines.push(line) }) })
    using completing = spyOn(Job.prototype, 'moveToCompleted')
    completing.mockRejectedValueOnce(new Error('Query read timeout'))
    const run = await quick.enqueue({ text: 'x' })
    await until(() => lines.some((line) => line.includes('Query read timeout')))
    await worker.stop(0)
    expect(await run.state()).toBe('active')
    expect(await queues.queue('default').getFailedCount()).toBe(0)
  })

  test('input that does not fit is refused before it is enqueued, as it will travel', async () => {
    const dated = task('dated', { input: z.object({ at: z.date() }) }, () => undefined)
    started(dated)
    expect(dated.enqueue({ at: new Date() })).rejects.toThrow(TaskInputError)
    const coerced = task('coerced', { input: z.object({ at: z.coerce.date<Date>() }) }, ({ at }) => at.getTime())
    const { work } = started(coerced)
    const at = new Date('2026-01-01T00:00:00Z')
    const run = await coerced.enqueue({ at })
    await work()
    expect(await run.result()).toBe(at.getTime())
  })

  test('what can not be stored is said, and costs no other task anything', async () => {
    const echo = task('echo', { ...note, retry: { on: 'any', max: 1, delayMs: 1 } }, ({ text }, { attempt }) => {
      if (text === 'result') return 'a\0b'
      if (attempt === 1) throw new Error('first a\0b, half \ud83d')
      return text
    })
    const { work } = started(echo)
    await work()
    expect(echo.enqueue({ text: 'a\0b' })).rejects.toThrow('holds a NUL')
    expect(echo.enqueue({ text: 1n as unknown as string })).rejects.toThrow(TaskInputError)
    const runs = await Promise.all([echo.enqueue({ text: 'result' }), echo.enqueue({ text: 'good' })])
    await expect(runs[0].result()).rejects.toThrow('holds a NUL')
    expect(await runs[1].result()).toBe('good')
  })

  test('a result that JSON can not say is not tried again', async () => {
    const { unsayable } = await import('./fixtures/thread-tasks.ts')
    let runs = 0
    const cyclic: unknown[] = []
    cyclic.push(cyclic)
    const results = { bigint: 1n, cyclic }
    const given = { input: z.object({ kind: z.enum(['bigint', 'cyclic']) }), retry: { on: 'any', delayMs: 1 } } as const
    const giving = task('giving', given, ({ kind }) => {
      runs++
      return results[kind]
    })
    const { work, reports } = started(giving, unsayable)
    await work()
    for (const one of [giving.enqueue({ kind: 'bigint' }), giving.enqueue({ kind: 'cyclic' }), unsayable.enqueue({})]) {
      await expect((await one).result()).rejects.toThrow("can't be kept as JSON")
    }
    expect(runs).toBe(2)
    expect(reports.map(({ outcome }) => outcome)).toEqual(['failed', 'failed', 'failed'])
  })

  test('higher priorities run first, and five is the usual one', async () => {
    const order: (number | undefined)[] = []
    const ordered = task('ordered', { input: z.object({ p: z.int().optional() }) }, ({ p }) => void order.push(p))
    const { work } = started(ordered)
    const mixed = [3, undefined, 10, 0, 7, 5, 1, 9, 2, 8, 4, 6]
    const runs = []
    for (const p of mixed) {
      runs.push(await ordered.enqueue({ p }, p === undefined ? {} : { priority: p as Priority }))
    }
    await work({ concurrency: 1 })
    await Promise.all(runs.map((run) => run.result()))
    expect(order).toEqual([10, 9, 8, 7, 6, undefined, 5, 4, 3, 2, 1, 0])
  })

  test('the same idempotency key means the same task', async () => {
    let runs = 0
    const once = task('once', note, () => ++runs)
    const { work } = started(once)
    const first = await once.enqueue({ text: 'a' }, { idempotencyKey: 'order 42' })
    const second = await once.enqueue({ text: 'a' }, { idempotencyKey: 'order 42' })
    expect(second.id).toBe(first.id)
    await work()
    expect(await second.result()).toBe(1)
    const third = await once.enqueue({ text: 'a' }, { idempotencyKey: 'order 42' })
    expect(await third.result()).toBe(1)
    expect(runs).toBe(1)
  })

  test('a delayed task waits, and one that waits can be cancelled', async () => {
    const later = task('later', note, () => Date.now())
    const { work } = started(later)
    await work()
    const before = Date.now()
    const cancelled = await later.enqueue({ text: 'never' }, { delayMs: 300 })
    expect(await cancelled.state()).toBe('delayed')
    const run = await later.enqueue({ text: 'soon' }, { eta: new Date(before + 300) })
    expect(await cancelled.cancel()).toBe(true)
    expect(await run.result()).toBeGreaterThanOrEqual(before + 300)
    expect(await cancelled.state()).toBe('unknown')
    expect(await run.cancel()).toBe(false)
  })

  test('declared errors are retried, with the attempt told, and others fail at once', async () => {
    class Away extends Error {}
    const attempts: number[] = []
    const retried = task(
      'retried',
      { ...note, retry: { on: [Away], max: 2, delayMs: 10 } },
      ({ text }, { attempt, isLastAttempt }) => {
        attempts.push(attempt)
        expect(isLastAttempt).toBe(attempt === 3)
        throw text === 'away' ? new Away('away') : new TypeError('a bug')
      },
    )
    const { work, reports } = started(retried)
    await work()
    const away = await retried.enqueue({ text: 'away' })
    expect(away.result()).rejects.toThrow('away')
    await until(() => attempts.length === 3)
    const bug = await retried.enqueue({ text: 'bug' })
    await expect(bug.result()).rejects.toThrow(TaskFailedError)
    expect(attempts).toEqual([1, 2, 3, 1])
    expect(reports.map(({ outcome }) => outcome)).toEqual(['retried', 'retried', 'failed', 'failed'])
  })

  test('the last failure is told to onFailure', async () => {
    const failures: unknown[] = []
    const failing = task(
      'failing',
      { ...note, onFailure: ({ input, attempts, error }) => failures.push([input, attempts, String(error)]) },
      () => {
        throw new Error('no')
      },
    )
    const { work } = started(failing)
    await work()
    await expect((await failing.enqueue({ text: 'x' })).result()).rejects.toThrow('no')
    expect(failures).toEqual([[{ text: 'x' }, 1, 'Error: no']])
  })

  test('an onFailure that never settles gives its slot back, and an error that can not be read is told all the same', async () => {
    const told: string[] = []
    const unreadable = Object.defineProperty(new Error('x'), 'detail', {
      enumerable: true,
      get: () => {
        throw new Error('not even this')
      },
    })
    const cyclic = new Error('round')
    cyclic.cause = new Error('and round', { cause: cyclic })
    const onFailure = ({ error }: { error: unknown }) => {
      told.push(String(error))
      return new Promise(() => undefined)
    }
    const failing = task('failing', { ...note, timeoutMs: 200, onFailure }, ({ text }) => {
      throw text === 'cyclic' ? cyclic : unreadable
    })
    const { work } = started(failing)
    await work({ concurrency: 1 })
    const runs = await failing.enqueueMany([{ text: 'cyclic' }, { text: 'unreadable' }])
    await expect(runs[0]!.result()).rejects.toThrow('round')
    await expect(runs[1]!.result()).rejects.toThrow('can not be read')
    expect(told).toHaveLength(2)
  })

  test('an onFailure that its worker leaves is called by the next one', async () => {
    let calls = 0
    const onFailure = () => (++calls === 1 ? new Promise(() => undefined) : undefined)
    const failing = task('failing', { ...note, onFailure }, () => {
      throw new Error('broken')
    })
    const { work } = started(failing)
    const first = await work()
    const run = await failing.enqueue({ text: 'x' })
    await until(() => calls === 1)
    await first.stop(0)
    expect(await run.state()).toBe('waiting')
    await work()
    await expect(run.result()).rejects.toThrow('broken')
    expect(calls).toBe(2)
  })

  test('an error that is called as one of the engine is an error like any other', async () => {
    const attempts: number[] = []
    class DelayedError extends Error {
      override name = 'DelayedError'
    }
    class UnrecoverableError extends Error {
      override name = 'UnrecoverableError'
    }
    const retry = { on: [DelayedError, UnrecoverableError], max: 2, delayMs: 1 }
    const misnamed = task('misnamed', { ...note, retry }, (_, { attempt }) => {
      attempts.push(attempt)
      if (attempt === 1) throw new DelayedError('later')
      if (attempt === 2) throw new UnrecoverableError('never')
      return 'done'
    })
    const { work } = started(misnamed)
    await work()
    expect(await (await misnamed.enqueue({ text: 'x' })).result()).toBe('done')
    expect(attempts).toEqual([1, 2, 3])
  })

  test('options that can not be are refused, and cost no other task anything', async () => {
    const plain = task('plain', note, () => undefined)
    started(plain)
    const text = 'x'
    for (const options of [{ priority: 5.5 }, { priority: 11 }, { delayMs: -1 }, { delayMs: Number.NaN }]) {
      // As from where there are no types.
      expect(plain.enqueue({ text }, options as object)).rejects.toThrow(TaskUsageError)
      expect(() => plain.outgoing({ text }, options as object)).toThrow(TaskUsageError)
    }
    expect(plain.enqueue({ text }, { eta: new Date('x') })).rejects.toThrow('the eta')
    expect(await plain.enqueueMany([])).toEqual([])
    await plain.enqueueMany(Array.from({ length: 2_500 }, () => ({ text })))
  })

  test('a handler that never settles is timed out, and its slot is free', async () => {
    let signal: AbortSignal | undefined
    const stuck = task('stuck', { ...note, timeoutMs: 100 }, async ({ text }, context) => {
      if (text === 'quick') return 'done'
      signal = context.signal
      return await new Promise<string>(() => undefined)
    })
    const { work } = started(stuck)
    await work({ concurrency: 1 })
    const first = await stuck.enqueue({ text: 'never' })
    const second = await stuck.enqueue({ text: 'quick' })
    expect(await second.result()).toBe('done')
    await expect(first.result()).rejects.toThrow('did not end within 100 ms')
    expect(signal?.aborted).toBe(true)
  })

  test('a worker that stops leaves what is under way to another one, and no attempt is lost', async () => {
    const attempts: number[] = []
    let isHeld = true
    const held = task('held', note, async (_, { attempt, signal }) => {
      attempts.push(attempt)
      while (isHeld && !signal.aborted) await Bun.sleep(5)
      if (isHeld) await new Promise(() => undefined)
      return 'done'
    })
    const { work } = started(held)
    const first = await work()
    const run = await held.enqueue({ text: 'x' })
    await until(() => attempts.length === 1)
    await first.stop(10)
    expect(await run.state()).toBe('waiting')
    isHeld = false
    await work()
    expect(await run.result()).toBe('done')
    expect(attempts).toEqual([1, 1])
  })

  test('a worker that stops waits for what is under way, and takes nothing new', async () => {
    const gate = Promise.withResolvers<void>()
    const begun: string[] = []
    const gated = task('gated', note, async ({ text }) => {
      begun.push(text)
      await gate.promise
    })
    const { work } = started(gated)
    const worker = await work({ concurrency: 1 })
    const runs = await gated.enqueueMany([{ text: 'a' }, { text: 'b' }])
    await until(() => begun.length === 1)
    const stopping = worker.stop(10_000)
    gate.resolve()
    await stopping
    expect(begun).toEqual(['a'])
    expect(await runs[0]!.state()).toBe('completed')
    expect(await runs[1]!.state()).toBe('waiting')
  })

  test('a worker that has lost its hold on a task ends the signal, and its run does not count', async () => {
    const gate = Promise.withResolvers<void>()
    const begun: AbortSignal[] = []
    let failures = 0
    const definition = { ...note, retry: { on: 'any', delayMs: 1 }, onFailure: () => void failures++ } as const
    const held = task('held', definition, async (_, { signal, attempt }) => {
      begun.push(signal)
      if (begun.length === 1) {
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        throw signal.reason
      }
      await gate.promise
      return { attempt }
    })
    const { queues, work, reports } = started(held)
    const engines: { worker: Worker; token: string | undefined; job: Job }[] = []
    const { backend } = queues
    const open = backend.worker.bind(backend)
    backend.worker = (name, processor, options) => {
      const taken = async (job: Job, token?: string) => {
        engines.push({ worker, token, job })
        return await processor(job, token)
      }
      const worker = open(name, taken as Processor, options)
      return worker
    }
    await work({ concurrency: 1 })
    const run = await held.enqueue({ text: 'x' })
    await until(() => begun.length === 1)
    await work({ concurrency: 1 })
    // As whoever finds it without a hold does, and as the engine then says.
    const { worker, job, token } = engines[0]!
    await job.moveToWait(token)
    await until(() => begun.length === 2)
    worker.emit('lockRenewalFailed', [job.id!])
    await until(() => reports.length === 1)
    expect(begun[0]!.reason).toMatchObject({ code: 'TASK_HOLD_LOST' })
    expect(begun[1]!.aborted).toBe(false)
    expect(await run.state()).toBe('active')
    gate.resolve()
    expect(await run.result()).toEqual({ attempt: 1 })
    expect(reports.map(({ outcome }) => outcome)).toEqual(['released', 'completed'])
    expect(failures).toBe(0)
  })

  test('the id of the request goes with the task', async () => {
    const told = task('told', note, () => currentContext()?.id)
    const { work } = started(told)
    await work()
    const run = await runInContext({ id: 'request-7' }, () => told.enqueue({ text: 'x' }))
    expect(await run.result()).toBe('request-7')
    const alone = await told.enqueue({ text: 'x' })
    expect(await alone.result()).toBe(alone.id)
  })

  test('waiting for a result inside of a task is refused', async () => {
    const inner = task('inner', note, () => 1)
    const outer = task('outer', note, async () => await (await inner.enqueue({ text: 'x' })).result())
    const { work } = started(inner, outer)
    await work()
    await expect((await outer.enqueue({ text: 'x' })).result()).rejects.toThrow('waited for the result of another one')
  })

  test('progress is seen from outside', async () => {
    const gate = Promise.withResolvers<void>()
    const slow = task('slow', note, async (_, { progress }) => {
      await progress({ done: 3, total: 9 })
      await gate.promise
    })
    const { work } = started(slow)
    await work()
    const run = await slow.enqueue({ text: 'x' })
    await until(async () => Bun.deepEquals(await run.progress(), { done: 3, total: 9 }))
    gate.resolve()
    await run.result()
  })

  test('a task that this release does not have waits for a worker that has it', async () => {
    const known = task('known', note, () => 'known')
    const added = task('added', note, () => 'added')
    const { work } = started(known, added)
    const old = await work({ tasks: [known as unknown as Task] })
    const run = await added.enqueue({ text: 'x' })
    await until(async () => (await run.state()) === 'delayed')
    await old.stop(100)
    await work()
    expect(await run.result()).toBe('added')
  })

  test('errors of a handler in a thread are retried as declared', async () => {
    const { failing } = await import('./fixtures/thread-tasks.ts')
    const { work } = started(failing)
    await work()
    expect(await (await failing.enqueue({ how: 'passing' })).result()).toBe(3)
    await expect((await failing.enqueue({ how: 'permanent' })).result()).rejects.toThrow('for good at attempt 1')
    expect(await (await failing.enqueue({ how: 'function' })).result()).toBeNull()
  })

  test('a handler in a thread keeps the process free, and is ended at its timeout', async () => {
    const { busy, endless } = await import('./fixtures/thread-tasks.ts')
    const { work } = started(busy, endless)
    await work()
    let ticks = 0
    const ticking = setInterval(() => ticks++, 5)
    expect(await (await busy.enqueue({ ms: 200 })).result()).toBe('busy for 200 ms')
    expect(ticks).toBeGreaterThan(5)
    await expect((await endless.enqueue({})).result()).rejects.toThrow('did not end within')
    expect(await (await busy.enqueue({ ms: 1 })).result()).toBe('busy for 1 ms')
    clearInterval(ticking)
  })
})

test('a task can not be used before it is started, and not be declared wrongly', () => {
  const early = task('early', note, () => 1)
  expect(early.enqueue({ text: 'x' })).rejects.toThrow('before it was started')
  expect(() => task('no spaces', note, () => 1)).toThrow(TaskUsageError)
  expect(() => task('x', { ...note, queue: 'a:b' }, () => 1)).toThrow("can't wait in")
  expect(() => task('x', { ...note, priority: 11 as Priority }, () => 1)).toThrow('has the priority 11')
  expect(() => task('x', { ...note, timeoutMs: 0 }, () => 1)).toThrow('timeout')
})
