/**
 * Takes note of every statement of a database: in the log of its request or task, for tests that watch, and as a slow
 * query if it is one.
 *
 * @module
 */
import type { Logger, PlatformSettings } from '../foundation/index.ts'
import { fingerprintOf } from './fingerprint.ts'
import { isObserved, observed } from './observed-queries.ts'
import { Place } from './place.ts'
import { queryLog } from './query-log.ts'
import { RecordedQuery, type Statement } from './recorded-query.ts'
import { type Explain, noteSlowQuery } from './slow-queries.ts'

export type QueryRecorderSettings = Pick<PlatformSettings, 'SLOW_QUERY_MS'>

export interface QueryRecorderOptions {
  /** The database's name in the app. */
  name: string
  settings: QueryRecorderSettings
  logger: Logger
  explain: Explain
}

/** A statement that was slow is likely to be so again: for so long its place is noted each time. */
const rememberedSlowMs = 60_000

export class QueryRecorder {
  readonly #options: QueryRecorderOptions
  readonly #slowMs: number

  constructor(options: QueryRecorderOptions) {
    this.#options = options
    this.#slowMs = options.settings.SLOW_QUERY_MS || Number.POSITIVE_INFINITY
  }

  /** @param send sends the statement, and tells the query which server it asks. */
  run<Answer>(sent: Statement, send: (query: RecordedQuery) => Promise<Answer>): Promise<Answer> {
    const startedAt = performance.now()
    const fingerprint = fingerprintOf(sent.text)
    const log = queryLog()
    const logged = log?.begin(fingerprint.statement)
    // The line of the application that sends it is on the stack only now.
    const wasSlow = startedAt - fingerprint.slowAt < rememberedSlowMs
    const isPlaceWanted = wasSlow || logged?.isEarlyRepeat || isObserved()
    const place = new Place(isPlaceWanted ? new Error() : undefined, sent.builtAt)
    const query = new RecordedQuery(fingerprint, sent, place)
    logged?.note(place)
    if (isObserved()) observed(query)
    const isWrite = sent.kind === 'write'
    if (isWrite) log?.wrote()
    const ended = () => {
      const ms = performance.now() - startedAt
      query.ms = ms
      log?.ended(logged, ms)
      if (isWrite) log?.wrote()
      if (ms >= this.#slowMs) noteSlowQuery(query, ms, this.#options)
    }
    // Callbacks rather than an async function, which costs every statement half a microsecond.
    return send(query).then(
      (answer) => {
        ended()
        return answer
      },
      (error) => {
        query.failed = true
        ended()
        throw error
      },
    )
  }

  /** A transaction is over: what others read of its tables before may be stale. */
  transactionEnded(): void {
    queryLog.peek()?.wrote()
  }
}
