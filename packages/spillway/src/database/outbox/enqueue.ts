/** How a transaction puts messages into the outbox. @module */
import type { SQL } from 'bun'
import type { Outbox } from './outbox.ts'
import type { Enqueued, Outgoing } from './outgoing.ts'

export interface Enqueues {
  /**
   * Puts a message into the outbox: it is delivered after the commit, at least once, and never when the transaction, or
   * the nested one, is rolled back.
   *
   * @throws {OutboxMissingError} when the database was not migrated.
   * @example
   * await tx.enqueue(takePayment, { orderId })
   */
  enqueue<Input, Options>(task: Outgoing<Input, Options>, input: Input, options?: Options): Promise<Enqueued>
  /** The same for many inputs, by one statement. All are checked before one is put in. */
  enqueueMany<Input, Options>(
    task: Outgoing<Input, Options>,
    inputs: readonly Input[],
    options?: Options,
  ): Promise<Enqueued[]>
}

/**
 * @param client of the transaction.
 * @param onPut there are messages in it now.
 */
export function enqueuesInto(outbox: Outbox, client: SQL, onPut: () => void): Enqueues {
  const enqueueMany: Enqueues['enqueueMany'] = async (task, inputs, options) => {
    if (inputs.length > 1) task.ensureMany?.(options)
    const messages = await Promise.all(inputs.map((input) => task.outgoing(input, options)))
    onPut()
    return await outbox.put(client, messages)
  }
  return {
    enqueueMany,
    enqueue: async (task, input, options) => {
      const [enqueued] = await enqueueMany(task, [input], options)
      return enqueued!
    },
  }
}
