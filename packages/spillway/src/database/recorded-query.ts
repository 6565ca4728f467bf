/** One statement as it runs. @module */
import type { Fingerprint } from './fingerprint.ts'
import type { Place } from './place.ts'
import type { StatementKind } from './statement.ts'

/** What is known of a statement before it is sent. */
export interface Statement {
  readonly text: string
  readonly params: unknown[]
  readonly kind: StatementKind
  /** Made where Drizzle built the query; see `session.ts`. */
  readonly builtAt: Error | undefined
}

export class RecordedQuery {
  /** The name of the server that was asked last. */
  server = 'primary'
  /** From asking to answer, with the wait for a connection. Undefined while it runs. */
  ms: number | undefined
  failed = false

  constructor(
    readonly fingerprint: Fingerprint,
    readonly sent: Statement,
    readonly place: Place,
  ) {}

  /** With `?` for every value. */
  get statement(): string {
    return this.fingerprint.statement
  }
}
