/** Processes that deliver an outbox, for tests. @module */
import type { OutboxHandler } from '../database/outbox/deliverer.ts'
import type { OutboxLimits } from '../database/outbox/limits.ts'
import { Outbox } from '../database/outbox/outbox.ts'
import { createLogger } from '../foundation/index.ts'
import { connectionTo } from './shelf.ts'
import type { TestDatabase } from './test-database.ts'

/** Another process's outbox: it delivers for as long as it is not stopped. */
export function startDeliverer(
  server: Pick<TestDatabase, 'primaryUrl'>,
  handler: OutboxHandler,
  limits: Partial<OutboxLimits> = {},
): Outbox {
  const outbox = new Outbox('default', () => Promise.reject(new Error('it asks nothing')), limits)
  outbox.deliver(handler)
  outbox.start({ ...connectionTo(server), logger: createLogger('test', 'silent') })
  return outbox
}
