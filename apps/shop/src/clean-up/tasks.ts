/** What grows without use is removed. @module */
import { task } from 'spillway/tasks'
import { z } from 'zod'
import { removeLeftCarts } from './carts.ts'
import { removeOldViews } from './recently-viewed.ts'

const hourMs = 3_600_000

export const cleanUp = task(
  'shop.clean-up',
  { input: z.object({}), queue: 'maintenance', priority: 2, timeoutMs: hourMs, retry: { on: 'any', delayMs: 60_000 } },
  async (_, { signal, logger }) => {
    const removed = { views: await removeOldViews({ signal }), carts: await removeLeftCarts({ signal }) }
    logger.info(removed, 'cleaned up')
    return removed
  },
)
