/**
 * What one request or task asks its databases: how often, for how long, and the same query again and again (N+1).
 * Bounded in memory, however long it runs.
 *
 * @module
 */
import { contextValue, type Logger, LogThrottle } from '../foundation/index.ts'

import { LoggedQuery, type RepeatedQuery } from './logged-query.ts'

/** What a request or task has asked so far. Times are sums in milliseconds, also of queries that ran side by side. */
export interface QueryReport {
  count: number
  ms: number
  /** One for each fingerprint, in the order of their first use. */
  queries: { statement: string; count: number; ms: number; place: string | undefined }[]
  /** Those of more fingerprints than are kept apart. */
  further: { count: number; ms: number }
  /** Those that one place has asked more than ten times. */
  repeated: RepeatedQuery[]
}

const fingerprintsMax = 200
const warnEveryMs = 60_000

export class QueryLog {
  count = 0
  ms = 0
  /** Grows when a write begins and when it ends: what was read under another number may be stale. */
  writes = 0
  readonly #queries = new Map<string, LoggedQuery>()
  readonly #further = { count: 0, ms: 0 }
  #hasOften = false

  /** Undefined when there are too many to tell this one apart. */
  begin(statement: string): LoggedQuery | undefined {
    this.count++
    const logged = this.#queries.get(statement) ?? this.#first(statement)
    if (logged === undefined) return undefined
    logged.count++
    if (logged.isOften) this.#hasOften = true
    return logged
  }

  ended(logged: LoggedQuery | undefined, ms: number): void {
    this.ms += ms
    if (logged) logged.ms += ms
    else this.#further.ms += ms
  }

  wrote(): void {
    this.writes++
  }

  /** Queries that were made more than ten times, from one place or from many. */
  get often(): LoggedQuery[] {
    return this.#hasOften ? [...this.#queries.values()].filter(({ isOften }) => isOften) : []
  }

  report(): QueryReport {
    const queries = [...this.#queries.values()]
    return {
      count: this.count,
      ms: this.ms,
      queries: queries.map(({ statement, count, ms, place }) => ({ statement, count, ms, place: place?.line })),
      further: { ...this.#further },
      repeated: this.often.flatMap(({ repeated }) => repeated ?? []),
    }
  }

  #first(statement: string): LoggedQuery | undefined {
    if (this.#queries.size >= fingerprintsMax) {
      this.#further.count++
      return undefined
    }
    const logged = new LoggedQuery(statement)
    this.#queries.set(statement, logged)
    return logged
  }
}

/** The log of the request or task that is running; none outside. */
export const queryLog = contextValue(() => new QueryLog())

/**
 * What the running request or task has asked its databases until now. Undefined outside of one.
 *
 * @example
 * const { count, ms, repeated } = queryReport()!
 */
export function queryReport(): QueryReport | undefined {
  return queryLog()?.report()
}

const warnings = new LogThrottle(warnEveryMs)

/**
 * To be called when a request or task ends: warns of each query that one place has asked more than ten times, at most
 * once a minute.
 *
 * @param about what the log lines say of the request or task, such as its path.
 */
export function warnOfRepeatedQueries(logger: Logger, about: () => Record<string, unknown>): void {
  for (const query of queryLog.peek()?.often ?? []) {
    const mayWarn = warnings.admit(query.statement, (suppressed, seconds) =>
      logger.warn({ statement: query.statement, suppressed, seconds }, 'N+1: others repeated a query like one before'),
    )
    // Reading the places takes a fraction of a millisecond, so not for every request.
    const repeated = mayWarn ? query.repeated : undefined
    if (repeated === undefined) continue
    const { count, ms, statement, place, callers, fix } = repeated
    const line = { ...about(), statement, count, ms: Math.round(ms), place, callers }
    logger.warn(line, `N+1: the same query ${count} times; ${fix}`)
  }
}
