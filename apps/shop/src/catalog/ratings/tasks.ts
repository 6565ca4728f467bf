/** The ratings of all products recounted, chunk by chunk. @module */
import { map, task } from 'spillway/tasks'
import { z } from 'zod'
import { addRecounts, productIds, recountRatings } from './recount.ts'

/** Products in one task: a few milliseconds of one connection, and a step between them for whatever is more urgent. */
const chunk = 500
const unhurried = { queue: 'maintenance', priority: 2, retry: { on: 'any', delayMs: 5_000 } } as const

const recountSome = task('catalog.recount-some', { ...unhurried, input: z.array(z.int()) }, (ids) =>
  recountRatings(ids),
)

const addUp = task(
  'catalog.add-recounts',
  { ...unhurried, input: z.array(z.object({ products: z.int(), corrected: z.int() })) },
  (recounts, { logger }) => {
    const recount = addRecounts(recounts)
    logger.info(recount, 'ratings are recounted')
    return recount
  },
)

/** Its result names the workflow that does it, whose result is the {@link Recount} of all. */
export const recountAllRatings = task(
  'catalog.recount-ratings',
  { ...unhurried, input: z.object({}) },
  async (_, { id }) => {
    const ids = await productIds()
    // The key makes it one workflow however often this attempt is made.
    const run = await map(recountSome, ids, { chunk, merge: addUp }).enqueue({ idempotencyKey: id })
    return { workflow: run.id, products: ids.length }
  },
)

export const ratingTasks = [recountAllRatings, recountSome, addUp]
