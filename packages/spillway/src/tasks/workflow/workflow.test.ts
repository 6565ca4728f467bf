import { describe, expect, test } from 'bun:test'
import { z } from 'zod'
import { currentReadFloor } from '../../database/read-floor.ts'
import { currentContext, type Floors, runInContext } from '../../foundation/index.ts'
import { taskBackends } from '../../testing/task-backends.ts'
import { taskSuite } from '../../testing/task-suite.ts'
import { until } from '../../testing/until.ts'
import {
  chain,
  chord,
  deliverTo,
  group,
  map,
  type Task,
  TaskInputError,
  type TaskQueues,
  TaskRun,
  task,
} from '../index.ts'
import { retryDeadLetter } from '../monitor/retry-dead-letter.ts'

const number = { input: z.number() }
const numbers = { input: z.array(z.number()) }

const addOne = task('add-one', number, (n) => n + 1)
const double = task('double', { ...number, queue: 'other' }, (n) => 2 * n)
const sum = task('sum', numbers, (all) => all.reduce((a, b) => a + b, 0))
const add = task('add', { input: z.object({ a: z.number(), b: z.number() }) }, ({ a, b }) => a + b)
const doubleAll = task('double-all', numbers, (all) => all.map((n) => 2 * n))
const travelled = (body: unknown) => JSON.parse(JSON.stringify(body))
const arithmetic = [addOne, double, sum, add, doubleAll]

describe.each(taskBackends)('workflows on %s', (_, openBackends) => {
  const suite = taskSuite(openBackends)

  async function started(tasks: Task<never, unknown>[], concurrency = 8) {
    const { queues, work } = suite.started(...tasks)
    await work({ concurrency })
    return queues
  }

  /** Of a step, which the whole hears of a moment before the engine does. */
  const deadLetter = (queues: TaskQueues, { name, queue }: Task<never, unknown>) =>
    until(async () => (await queues.queue(queue).getFailed()).find((job) => job.name === name))

  /** Jobs in its queue that nobody has begun. */
  const waiting = (of: Task<never, unknown>) => of.started().queue(of.queue).getJobCountByTypes('prioritized')

  test('a chain passes each result on to the next step', async () => {
    await started(arithmetic)
    expect(await (await chain(addOne.with(1), double, add.withPrevious('a', { b: 10 })).enqueue()).result()).toBe(14)
    expect(await (await chain(addOne.with(1), double.with(50), addOne).enqueue()).result()).toBe(101)
  })

  test('what can not be kept is refused, also in an input that waits for the rest of it', async () => {
    const order = task('order', { input: z.object({ to: z.string(), size: z.number() }) }, () => 1)
    await started([...arithmetic, order])
    for (const to of ['a\0b', 'half \ud83d']) {
      const workflow = chain(addOne.with(1), order.withPrevious('size', { to }))
      await expect(workflow.enqueue()).rejects.toBeInstanceOf(TaskInputError)
    }
  })

  test('a group gives the results in its own order, whichever comes first', async () => {
    const later = task('later', { input: z.object({ ms: z.number() }) }, async ({ ms }) => {
      await Bun.sleep(ms)
      return ms
    })
    await started([later])
    const run = await group(later.with({ ms: 60 }), later.with({ ms: 1 }), later.with({ ms: 30 })).enqueue()
    expect(await run.result()).toEqual([60, 1, 30])
    expect(await run.progress()).toEqual({ done: 3, total: 3 })
  })

  test('chains, groups and chords nest, and pass their results on', async () => {
    await started(arithmetic)
    const inner = chain(addOne.with(1), group(double, addOne, chain(addOne, double)), sum)
    const run = await group(inner, chord([double.with(3), inner], sum), double.with(7)).enqueue()
    expect(await run.result()).toEqual([4 + 3 + 6, 6 + 13, 14])
  })

  test('five levels run on one worker that does one thing at a time', async () => {
    await started([addOne, sum], 1)
    let nested = chord([addOne.with(0), addOne.with(0)], sum)
    for (let level = 1; level < 5; level++) nested = chord([nested, nested], sum)
    expect(await (await nested.enqueue()).result()).toBe(32)
  })

  test('items are cut into chunks, and the results are put together', async () => {
    const sizes: number[] = []
    const negate = task('negate', numbers, (chunk) => {
      sizes.push(chunk.length)
      return chunk.map((n) => 1 - n)
    })
    await started([negate, sum])
    const items = Array.from({ length: 25 }, (_, index) => index)
    expect(await (await map(negate, items, { chunk: 10 }).enqueue()).result()).toEqual(items.map((n) => 1 - n))
    expect(sizes.sort()).toEqual([10, 10, 5])
    expect(await (await map(sum, items, { chunk: 10 }).enqueue()).result()).toEqual([45, 145, 110])
    expect(await (await map(negate, items, { chunk: 10, merge: sum }).enqueue()).result()).toBe(25 - 300)
  })

  test('what is empty is done at once', async () => {
    await started(arithmetic)
    expect(await (await map(doubleAll, []).enqueue()).result()).toEqual([])
    expect(await (await chord([] as ReturnType<typeof addOne.with>[], sum).enqueue()).result()).toBe(0)
    expect(await (await chain(addOne.with(1), group(), sum).enqueue()).result()).toBe(0)
    expect(group().enqueue()).rejects.toThrow('no task in this workflow')
  })

  test('inputs that are known are checked when it is enqueued, and the others when they come', async () => {
    await started(arithmetic)
    const wrong = 'no number' as unknown as number
    expect(group(addOne.with(1), chain(addOne.with(wrong))).enqueue()).rejects.toThrow(TaskInputError)
    // @ts-expect-error there is no step before it.
    expect(chain(addOne, addOne).enqueue()).rejects.toThrow('there is none')
    const text = task('text', number, () => wrong)
    text.start(addOne.started())
    await started([...arithmetic, text])
    await expect((await chain(text.with(1), addOne).enqueue()).result()).rejects.toThrow('Its step "add-one"')
  })

  test('a member that fails fails the whole once, with its name and reason, and what follows is not run', async () => {
    const ran: number[] = []
    const failing = task('failing', number, (n) => {
      if (n === 3) throw new Error('three is wrong')
      ran.push(n)
      return n
    })
    const told: unknown[] = []
    const tell = task('tell', { input: z.any() }, (failure) => void told.push(failure))
    await started([failing, sum, tell], 1)
    const members = Array.from({ length: 40 }, (_, index) => failing.with(index))
    const run = await chord(members, sum).enqueue({ onFailure: tell })
    await expect(run.result()).rejects.toThrow(/Its step "failing" \(default\/[\w-]+-5\) failed: three is wrong/)
    expect(await run.state()).toBe('failed')
    await until(() => told.length > 0)
    expect(told).toEqual([
      { workflow: run.id, task: 'failing', id: expect.stringMatching(/-5$/), reason: 'three is wrong' },
    ])
    await until(async () => (await waiting(failing)) === 0)
    expect(ran.length).toBeLessThan(10)
    expect((await run.progress())?.done).toBe(ran.length)
  })

  test('when the member that failed is tried again, the workflow goes on, and what was done stays', async () => {
    let isBroken = true
    const ran: number[] = []
    const repaired = task('repaired', number, (n) => {
      ran.push(n)
      if (n === 2 && isBroken) throw new Error('not yet')
      return n
    })
    const queues = await started([repaired, sum, addOne], 1)
    const members = [0, 1, 2, 3, 4].map((n) => repaired.with(n))
    const run = await chain(chord(members, sum), addOne).enqueue()
    await expect(run.result()).rejects.toThrow('not yet')
    await until(async () => (await waiting(repaired)) === 0)
    isBroken = false
    await (await deadLetter(queues, repaired)).retry()
    await until(async () => (await run.state()) === 'completed')
    expect(await run.result()).toBe(11)
    expect(ran.sort()).toEqual([0, 1, 2, 2, 3, 4])
  })

  test('when the whole is tried again, what failed and what was left out is run', async () => {
    let isBroken = true
    const ran: number[] = []
    const repaired = task('repaired', number, (n) => {
      ran.push(n)
      if (n === 2 && isBroken) throw new Error('not yet')
      return n
    })
    const queues = await started([repaired, sum, addOne], 1)
    const run = await chain(
      chord(
        [0, 1, 2, 3, 4].map((n) => repaired.with(n)),
        sum,
      ),
      addOne,
    ).enqueue()
    for (const _ of [1, 2]) {
      await until(async () => (await run.state()) === 'failed')
      await expect(run.result()).rejects.toThrow('not yet')
      await (await queues.find(run.id))!.retry()
    }
    await until(async () => (await run.state()) === 'failed')
    isBroken = false
    await (await queues.find(run.id))!.retry()
    await until(async () => (await run.state()) === 'completed')
    expect(await run.result()).toBe(11)
    expect(ran.filter((n) => n !== 2).sort()).toEqual([0, 1, 3, 4])
    expect(await queues.queue('default').getFailedCount()).toBe(0)
  })

  test('a failure whose telling got no answer is told once, and whatever is retried later goes on', async () => {
    let runs = 0
    const told: unknown[] = []
    const failing = task('failing', number, (n) => {
      runs++
      if (runs < 4) throw new Error('not yet')
      return n
    })
    const tell = task('tell', { input: z.any() }, (failure) => void told.push(failure))
    const queues = await started([failing, tell])
    const { workflows } = queues.backend
    const tellStore = workflows.told.bind(workflows)
    let answers = 0
    workflows.told = async (...args) => {
      await tellStore(...args)
      if (++answers % 2) throw new Error('away')
    }
    const run = await group(failing.with(1)).enqueue({ onFailure: tell })
    for (const times of [1, 2, 3]) {
      await until(async () => (await run.state()) === 'failed')
      await until(() => told.length >= times)
      await until(async () => (await queues.queue('default').getJobCountByTypes('prioritized', 'active')) === 0)
      expect({ runs, told: told.length }).toEqual({ runs: times, told: times })
      await retryDeadLetter((await queues.find(run.id))!)
    }
    await until(async () => (await run.state()) === 'completed')
    expect(await run.result()).toEqual([1])
  })

  test.each(['before', 'after'])(
    'a step whose worker leaves %s its failure is gone brings on the whole',
    async (when) => {
      let isBroken = true
      let runs = 0
      const repaired = task('repaired', number, (n) => {
        runs++
        if (isBroken) throw new Error('not yet')
        return n
      })
      const { queues, reopen, work } = suite.started(repaired, addOne)
      const cutOff = reopen()
      const { workflows } = cutOff.backend
      const heal = workflows.heal.bind(workflows)
      const asked = Promise.withResolvers<void>()
      workflows.heal = async (...args) => {
        if (when === 'after') await heal(...args)
        asked.resolve()
        throw new Error('away')
      }
      const leaving = await work({ queues: cutOff })
      const run = await chain(repaired.with(1), addOne).enqueue()
      await until(async () => (await run.state()) === 'failed')
      isBroken = false
      await retryDeadLetter(await deadLetter(queues, repaired))
      await asked.promise
      await leaving.stop(0)
      await work()
      await until(async () => (await run.state()) === 'completed')
      expect(await run.result()).toBe(2)
      expect(runs).toBe(2)
    },
  )

  test('a workflow waits without a slot, and tells how far it is', async () => {
    const gate = Promise.withResolvers<void>()
    const gated = task('gated', { ...number, queue: 'gated' }, async (n) => {
      await gate.promise
      return n
    })
    await started([gated, addOne], 1)
    const run = await chain(addOne.with(1), gated, addOne).enqueue()
    await until(async () => Bun.deepEquals(await run.progress(), { done: 1, total: 3 }))
    expect(await run.state()).toBe('waiting for others')
    expect(await (await addOne.enqueue(1)).result()).toBe(2)
    gate.resolve()
    expect(await run.result()).toBe(3)
    expect(await run.progress()).toEqual({ done: 3, total: 3 })
  })

  test('nothing of a cancelled workflow begins any more', async () => {
    const gate = Promise.withResolvers<void>()
    const ran: number[] = []
    const gated = task('gated', number, async (n) => {
      ran.push(n)
      await gate.promise
      return n
    })
    await started([gated, sum], 1)
    const run = await chord([gated.with(1), gated.with(2), gated.with(3)], sum).enqueue()
    await until(() => ran.length === 1)
    expect(await run.cancel()).toBe(true)
    expect(await run.state()).toBe('unknown')
    gate.resolve()
    await until(async () => (await waiting(gated)) === 0)
    expect(ran).toEqual([1])
    expect(await run.cancel()).toBe(false)
  })

  test('one whose worker does not let it go is not waited for without end', async () => {
    const { reopen, work } = suite.started(addOne)
    const silent = reopen()
    const { workflows } = silent.backend
    const standing = workflows.standing.bind(workflows)
    const [asked, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    workflows.standing = async (id) => {
      asked.resolve()
      await gate.promise
      return await standing(id)
    }
    await work({ queues: silent })
    const run = await chain(addOne.with(1)).enqueue()
    await asked.promise
    await expect(run.cancel({ timeoutMs: 100 })).rejects.toThrow('was not cancelled within 100 ms')
    gate.resolve()
    expect(await run.result()).toBe(2)
  })

  test('one that is enqueued again after it was cancelled shares no step with the first', async () => {
    const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const ran: string[] = []
    let opening = 0
    const named = task('named', { input: z.string() }, (name) => {
      ran.push(`${name}${opening}`)
      return `${name}${opening}`
    })
    const gated = task('gated', { input: z.string() }, async (name) => {
      const mine = opening
      ran.push(`${name}${mine}`)
      await gates[mine]!.promise
      return `${name}${mine}`
    })
    const queues = await started([named, gated], 2)
    const workflow = chain(named.with('a'), group(gated.with('b'), gated.with('c'), named.with('d')))
    const first = await workflow.enqueue({ idempotencyKey: 'a' })
    await until(() => ran.length === 3)
    // Two are under way, and one waits behind them.
    await until(async () => (await waiting(named)) === 1)
    expect(await first.cancel()).toBe(true)
    opening = 1
    const second = await workflow.enqueue({ idempotencyKey: 'a' })
    expect(second.id).toBe(first.id)
    gates[0]!.resolve()
    await until(() => ran.includes('b1') && ran.includes('c1'))
    // Whatever of the first is still to come has come.
    await until(async () => (await queues.queue('default').getActiveCount()) === 2)
    expect(await second.progress()).toEqual({ done: 1, total: 4 })
    gates[1]!.resolve()
    expect(await second.result()).toEqual(['b1', 'c1', 'd1'])
    expect(ran.sort()).toEqual(['a0', 'a1', 'b0', 'b1', 'c0', 'c1', 'd1'])
  })

  test('a step of a cancelled workflow that fails leaves the next one with the same key alone', async () => {
    const gate = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const failing = task('failing', number, async () => {
      begun.resolve()
      await gate.promise
      throw new Error('no use any more')
    })
    const queues = await started([failing])
    const workflow = chain(failing.with(1), failing)
    const first = await workflow.enqueue({ idempotencyKey: 'a' })
    await begun.promise
    expect(await first.cancel()).toBe(true)
    const second = await workflow.enqueue({ idempotencyKey: 'a', delayMs: 3_600_000 })
    gate.resolve()
    await until(async () => (await queues.queue('default').getFailedCount()) === 1)
    expect(await second.state()).toBe('delayed')
  })

  test.each(['enqueued', 'delivered'])(
    'one that is %s while the one with its key is cancelled adds nothing without a plan',
    async (how) => {
      const { queues, work } = suite.started(addOne)
      const workflow = chain(addOne.with(1))
      const options = { idempotencyKey: 'a' }
      const message = {
        id: Bun.randomUUIDv7(),
        body: travelled(workflow.outgoing(undefined, options).body),
        floors: {},
      }
      const put = how === 'enqueued' ? () => workflow.enqueue(options) : () => deliverTo(queues)([message])
      const first = await workflow.enqueue(options)
      const { find } = queues
      queues.find = async (id, asked) => {
        const job = await find.call(queues, id, asked)
        if (asked === 'enqueue') await first.cancel()
        return job
      }
      await put()
      queues.find = find
      expect(await first.state()).toBe('unknown')
      await put()
      await work()
      expect(await first.result()).toBe(2)
    },
  )

  test('the same idempotency key, or message of the outbox, means the same workflow', async () => {
    let runs = 0
    const counted = task('counted', number, () => ++runs)
    const queues = await started([counted])
    const workflow = chain(counted.with(1))
    const first = await workflow.enqueue({ idempotencyKey: 'a' })
    const second = await workflow.enqueue({ idempotencyKey: 'a' })
    expect([await first.result(), await second.result()]).toEqual([1, 1])
    const message = { id: Bun.randomUUIDv7(), body: travelled(workflow.outgoing(undefined).body), floors: {} }
    const deliver = deliverTo(queues)
    await deliver([message])
    await deliver([message])
    expect(await new TaskRun(queues, `default/${message.id}`).result()).toBe(2)
    await deliver([message])
    expect(runs).toBe(2)
  })

  test('the id of the request goes with every step', async () => {
    const told = task('told', { input: z.any() }, () => currentContext()?.id)
    await started([told])
    const run = await runInContext({ id: 'request-7' }, () => chain(told.with(1), group(told, told)).enqueue())
    expect(await run.result()).toEqual(['request-7', 'request-7'])
  })

  test('a priority that is given holds for every step', async () => {
    const order: string[] = []
    const gate = Promise.withResolvers<void>()
    const gated = task('gated', number, () => gate.promise)
    const ordered = task('ordered', { input: z.string() }, (text) => void order.push(text))
    await started([gated, ordered], 1)
    await gated.enqueue(1)
    const low = await group(ordered.with('low')).enqueue({ priority: 1 })
    const usual = await ordered.enqueue('usual')
    const high = await chain(ordered.with('high'), ordered.with('high too')).enqueue({ priority: 9 })
    gate.resolve()
    await Promise.all([low, usual, high].map((run) => run.result()))
    expect(order).toEqual(['high', 'high too', 'usual', 'low'])
  })

  test('one that its worker leaves, while its plan can not be read, goes on with another worker', async () => {
    const { queues, reopen, work } = suite.started(...arithmetic)
    const cutOff = reopen()
    const asked = Promise.withResolvers<void>()
    cutOff.backend.workflows.standing = () => {
      asked.resolve()
      return Promise.reject(new Error('away'))
    }
    const leaving = await work({ queues: cutOff })
    const run = await group(addOne.with(1), addOne.with(2)).enqueue()
    await asked.promise
    await leaving.stop(0)
    expect(await run.state()).toBe('waiting')
    await work({ queues })
    expect(await run.result()).toEqual([2, 3])
  })

  test('a step that fails while its plan can not be written, and that its worker leaves, fails with another one', async () => {
    let runs = 0
    const failing = task('failing', number, () => {
      runs++
      throw new Error('broken')
    })
    const { queues, reopen, work } = suite.started(failing, addOne)
    const cutOff = reopen()
    const asked = Promise.withResolvers<void>()
    cutOff.backend.workflows.fail = () => {
      asked.resolve()
      return Promise.reject(new Error('away'))
    }
    const leaving = await work({ queues: cutOff })
    const run = await chain(failing.with(1), addOne).enqueue()
    await asked.promise
    await leaving.stop(0)
    await work({ queues })
    await expect(run.result()).rejects.toThrow('broken')
    expect(runs).toBe(2)
  })

  test('a step that dies after it was noted is not run again', async () => {
    let runs = 0
    const counted = task('counted', number, (n) => {
      runs++
      return n + 1
    })
    const queues = await started([counted])
    const { workflows } = queues.backend
    const settle = workflows.settle.bind(workflows)
    let isDying = true
    // The process dies as it were after the result was noted, and before what follows was begun.
    workflows.settle = async (...args) => {
      const settled = await settle(...args)
      if (!isDying) return settled
      isDying = false
      throw new Error('away')
    }
    const run = await chain(counted.with(1), counted, counted).enqueue()
    expect(await run.result()).toBe(4)
    expect(runs).toBe(3)
  })

  test('a step that was removed by hand is put back when the whole looks again', async () => {
    const queues = await started(arithmetic)
    const { addMany } = queues
    let isLost = true
    queues.addMany = async (jobs) => {
      if (!isLost) await addMany.call(queues, jobs)
      isLost = false
    }
    const run = await chain(addOne.with(1), addOne).enqueue()
    await until(async () => (await run.state()) === 'waiting for others')
    await (await queues.find(run.id))!.promote()
    expect(await run.result()).toBe(3)
  })

  test('a step reads what the steps before it have written', async () => {
    const seen: (Floors | undefined)[] = []
    const writing = task('writing', number, (n) => {
      seen.push(currentReadFloor()?.floors)
      return n
    })
    const queues = await started([writing])
    let writes = 0
    queues.floors = async () => ({ default: String(++writes).padStart(16, '0') })
    await (await chain(writing.with(1), writing.with(2), writing).enqueue()).result()
    expect(seen.map((floors) => Number(floors?.['default']))).toEqual([1, 2, 3])
  })

  test('a failed member that is tried again brings on all that were left out', async () => {
    let isBroken = true
    const repaired = task('repaired', number, (n) => {
      if (n === 0 && isBroken) throw new Error('not yet')
      return n
    })
    const queues = await started([repaired, sum])
    const members = Array.from({ length: 300 }, (_, n) => repaired.with(n))
    const run = await chord(members, sum).enqueue()
    await until(async () => (await run.state()) === 'failed')
    await until(async () => (await waiting(repaired)) === 0)
    isBroken = false
    await (await deadLetter(queues, repaired)).retry()
    await until(async () => (await run.state()) === 'completed')
    expect(await run.result()).toBe((299 * 300) / 2)
  })

  test('a big input and big results travel once', async () => {
    const text = 'x'.repeat(2_000_000)
    const long = task('long', { input: z.string() }, (given) => given)
    const length = task('length', { input: z.string() }, (given) => given.length)
    const queues = await started([long, length], 1)
    const sizes: number[] = []
    const add = queues.addMany.bind(queues)
    queues.addMany = async (jobs) => {
      sizes.push(JSON.stringify(jobs).length)
      await add(jobs)
    }
    expect(await (await chain(long.with(text), long, group(length, length)).enqueue()).result()).toEqual([2e6, 2e6])
    expect(Math.max(...sizes)).toBeLessThan(2_000)
  })
})
