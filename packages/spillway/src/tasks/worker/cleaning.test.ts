import { describe, expect, test } from 'bun:test'
import { z } from 'zod'
import { taskBackends } from '../../testing/task-backends.ts'
import { taskSuite } from '../../testing/task-suite.ts'
import { task } from '../index.ts'
import { Cleaning, keepSecondsOf } from './cleaning.ts'

describe.each(taskBackends)('what has ended, on %s,', (_, openBackends) => {
  const { started } = taskSuite(openBackends)

  test('is removed when it was kept long enough, and dead letters stay', async () => {
    const odd = task('odd', { input: z.object({ n: z.int() }) }, ({ n }) => {
      if (n % 2 === 0) throw new Error('even')
    })
    const { queues, work } = started(odd)
    await work()
    const runs = await odd.enqueueMany([{ n: 1 }, { n: 2 }, { n: 3 }])
    await Promise.allSettled(runs.map((run) => run.result()))
    const clean = async (seconds: number) => {
      const keepSeconds = new Map([['default', seconds]])
      await new Cleaning({ queues, keepSeconds, onError: () => undefined }).clean()
      return await Promise.all(runs.map((run) => run.state()))
    }
    expect(await clean(3_600)).toEqual(['completed', 'failed', 'completed'])
    expect(await clean(0)).toEqual(['unknown', 'failed', 'unknown'])
  })
})

test('the results of workflows are kept for an hour, however short those of the tasks beside them', () => {
  expect(keepSecondsOf([])).toBe(3_600)
  expect(keepSecondsOf([{ keepSeconds: 0 }, { keepSeconds: 60 }])).toBe(3_600)
  expect(keepSecondsOf([{ keepSeconds: 7_200 }, { keepSeconds: 60 }])).toBe(7_200)
})
