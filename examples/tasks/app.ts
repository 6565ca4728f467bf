/** Words are counted by workers: `spillway start examples/tasks`. @module */
import { type Context, Hono } from 'hono'
import { defineApp } from 'spillway'
import { NotFoundError, readJson } from 'spillway/http'
import { chord, schedule, TaskRun, task } from 'spillway/tasks'
import { z } from 'zod'

const text = z.string().max(100_000)

const countWords = task('words.count', { input: z.object({ text }) }, ({ text }) => text.match(/\S+/g)?.length ?? 0)

const addUp = task('words.add-up', { input: z.array(z.int()) }, (counts) => counts.reduce((sum, one) => sum + one, 0))

const tellTime = task('time.tell', { input: z.object({}) }, (_, { logger, scheduledFor }) => {
  logger.info({ scheduledFor }, 'another minute')
})

const everyMinute = schedule('every-minute', { everySeconds: 60 }, tellTime, {})

const http = new Hono()
  // The answer doesn't wait for the count: it says where that will be.
  .post('/api/texts', async (c) => {
    const input = await readJson(c, z.object({ text }))
    return accepted(c, await countWords.enqueue(input))
  })
  // Chapters are counted beside each other, and then added up.
  .post('/api/books', async (c) => {
    const { chapters } = await readJson(c, z.object({ chapters: z.array(text).max(100) }))
    const counts = chapters.map((text) => countWords.with({ text }))
    return accepted(c, await chord(counts, addUp).enqueue())
  })
  .get('/api/counts/:id', async (c) => {
    const run = new TaskRun<number>(countWords.started(), `default/${c.req.param('id')}`)
    const state = await run.state()
    if (state === 'unknown') throw new NotFoundError('Nothing is counted under this id, or not any more.')
    return c.json({ state, ...(state === 'completed' && { words: await run.result() }) })
  })

function accepted(c: Context, { id }: TaskRun) {
  return c.json({ count: `/api/counts/${id.slice(id.indexOf('/') + 1)}` }, 202)
}

export default defineApp({
  name: 'words',
  databases: [],
  tasks: [countWords, addUp, tellTime],
  schedules: [everyMinute],
  http,
})
