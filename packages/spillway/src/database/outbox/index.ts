/**
 * The outbox: messages that are written in a transaction, and delivered when it has committed.
 *
 * @module
 */
export type { DeliveredMessage, OutboxHandler } from './deliverer.ts'
export { type Enqueues, enqueuesInto } from './enqueue.ts'
export { OutboxMissingError } from './insert.ts'
export { installOutbox } from './install.ts'
export { Outbox, type WaitingMessages } from './outbox.ts'
export type { Enqueued, Json, Outgoing, OutgoingMessage } from './outgoing.ts'
