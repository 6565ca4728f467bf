/** What goes into the outbox. @module */

/** What JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

export interface OutgoingMessage {
  /** Where it goes, for people who look: the name of a task. */
  readonly destination: string
  /** Whatever its deliverer needs. */
  readonly body: Json
}

/** What can be put into the outbox: a task is. */
export interface Outgoing<Input, Options = unknown> {
  /** Checks the input, and throws when it is wrong: then nothing is put in. */
  outgoing(input: Input, options?: Options): OutgoingMessage | Promise<OutgoingMessage>
  /** Throws when several can't be put in with these options. */
  ensureMany?(options?: Options): void
}

/** A message that is delivered if its transaction commits. */
export interface Enqueued {
  /** A UUID that grows with time. Whoever delivers the message twice knows it by this. */
  readonly id: string
}
