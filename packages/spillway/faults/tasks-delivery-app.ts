/**
 * An app whose task leaves a row that nothing keeps from being doubled. Its processes end themselves at the worst moments,
 * and a guarantee can be switched off, which the drill must notice.
 *
 * @module
 */
import { appendFileSync, closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { randomUUIDv7 } from 'bun'
import { sql } from 'drizzle-orm'
import { Hono } from 'hono'
import { z } from 'zod'
import { itemsDatabase } from '../src/database/fixtures/items.ts'
import type { DeliveredMessage, OutboxHandler } from '../src/database/index.ts'
import { defineApp } from '../src/index.ts'
import { task } from '../src/tasks/index.ts'

/** What is not kept. */
export type Flaw = 'effects happen once' | 'messages have one id' | 'tasks wait for the commit'

/** What the drill tells its processes. */
export const environment = {
  /** Each run of the task adds its number and the time to the file `runs` in it. */
  folder: process.env['DRILL_FOLDER'] ?? '.',
  flaw: process.env['DRILL_FLAW'] as Flaw | undefined,
  /** One in so many tasks is where a process ends itself. */
  strikeEvery: Number(process.env['DRILL_STRIKE_EVERY'] ?? 1_000),
}
const { folder, flaw, strikeEvery } = environment

export const database = itemsDatabase()
watchDelivery()

export const leaveEffect = task('leave-effect', { input: z.object({ n: z.int() }) }, async ({ n }, { once }) => {
  appendFileSync(join(folder, 'runs'), `${n} ${Date.now()}\n`)
  const effect = sql`insert into effects (n) values (${n})`
  if (flaw === 'effects happen once') await database.db.execute(effect)
  else {
    await once('effect', async (tx) => {
      await tx.execute(effect)
      strike('before the effect is committed', n, 2)
    })
  }
  strike('after the effect is committed', n, 4)
})

/** Ends this process, should it be the first that gets there. */
function strike(moment: string, n: number, remainder: number): void {
  if (n % strikeEvery !== remainder) return
  try {
    closeSync(openSync(join(folder, `${moment} ${n}`), 'wx'))
  } catch {
    return
  }
  process.kill(process.pid, 'SIGKILL')
}

/** Messages are in their queue, and still in the outbox, when it strikes. */
function watchDelivery(): void {
  const { outbox } = database
  const deliver = outbox.deliver.bind(outbox)
  const watched = (handler: OutboxHandler) => async (messages: DeliveredMessage[]) => {
    await handler(flaw === 'messages have one id' ? messages.map(withNewId) : messages)
    for (const message of messages) strike('after the delivery', numberIn(message), 6)
  }
  outbox.deliver = (handler) => deliver(watched(handler))
}

const withNewId = (message: DeliveredMessage) => ({ ...message, id: randomUUIDv7() })

/** All of them are for the one task. */
const numberIn = ({ body }: DeliveredMessage) => (body as { job: { data: { input: { n: number } } } }).job.data.input.n

export default defineApp({ name: 'delivery', databases: [database], http: new Hono(), tasks: [leaveEffect] })
