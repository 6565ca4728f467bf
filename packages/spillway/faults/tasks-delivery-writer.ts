/**
 * Makes transactions of many kinds, each of which enqueues a task. What is committed leaves a row whose rank is its number.
 *
 * Run as `bun tasks-delivery-writer.ts <primary url> <first> <end> <number at which it is killed, or -1>`.
 *
 * @module
 */
import { items } from '../src/database/fixtures/items.ts'
import type { Transaction } from '../src/database/index.ts'
import { createLogger, platformSettings, readSettings } from '../src/foundation/index.ts'
import { PostgresTasks, RedisTasks, TaskQueues } from '../src/tasks/index.ts'
import { database, environment, leaveEffect } from './tasks-delivery-app.ts'

// biome-ignore lint/suspicious/noExplicitAny: whichever schema.
type AnyTransaction = Transaction<any>

/** Transactions under way at once: when the writer is killed, that many are in their middle. */
const lanes = 8

class Rollback extends Error {}

const [primaryUrl = '', first, end, killedAt] = process.argv.slice(2)
const logger = createLogger('writer', 'silent')
const settings = readSettings(platformSettings, {})
database.start({ primaryUrl, replicaUrls: [], applicationName: 'writer', settings, logger })
const queues = openQueues()
leaveEffect.start(queues)
let next = Number(first)
await Promise.all(Array.from({ length: lanes }, writeOn))
await database.stop()
await queues.close()

async function writeOn(): Promise<void> {
  while (next < Number(end)) {
    const n = next++
    await database.db.transaction((tx) => write(tx, n)).catch(expectRollback)
  }
}

/** By the last digit: 0, 2, 4, 6 and 8 are committed, 8 after a part of it was rolled back; the others are not. */
async function write(tx: AnyTransaction, n: number): Promise<void> {
  const kind = n % 10
  if (kind === 5 || kind === 7) return await nested(tx, n)
  if (kind === 8) await nested(tx, -n)
  await put(tx, n)
  if (n === Number(killedAt)) process.kill(process.pid, 'SIGKILL')
  if (kind % 2 === 1) throw new Rollback()
}

/** In a savepoint that is rolled back, while the transaction around it is committed. */
async function nested(tx: AnyTransaction, n: number): Promise<void> {
  const work = async (inner: AnyTransaction) => {
    await put(inner, n)
    throw new Rollback()
  }
  await tx.transaction(work).catch(expectRollback)
}

async function put(tx: AnyTransaction, n: number): Promise<void> {
  await tx.insert(items).values({ name: 'committed', rank: n })
  if (environment.flaw === 'tasks wait for the commit') await leaveEffect.enqueue({ n })
  else await tx.enqueue(leaveEffect, { n })
}

function expectRollback(error: unknown): void {
  if (!(error instanceof Rollback)) throw error
}

/** For the one flaw that needs them. */
function openQueues(): TaskQueues {
  const url = process.env['REDIS_TASKS_URL']
  const backend = url
    ? new RedisTasks({ url, prefix: 'spillway:delivery:' }, 'Redis')
    : new PostgresTasks({ url: primaryUrl, place: 'PostgreSQL', applicationName: 'writer' })
  return new TaskQueues({ backend, app: 'delivery' })
}
