/**
 * Slow queries: one line each in the log, without any value, and the last ones in memory with their values, so that
 * the server can be asked for their plan.
 *
 * @module
 */
import { currentContext, type Logger, LogThrottle, SpillwayError } from '../foundation/index.ts'
import { fingerprintedMax } from './fingerprint.ts'

import { maskedParameters } from './masked-parameters.ts'
import type { RecordedQuery } from './recorded-query.ts'

export interface SlowQuery {
  /** For `explainSlowQuery`; counts up within the process. */
  id: number
  at: Date
  database: string
  /** `primary` or `replica-1`. */
  server: string
  /** The statement with `?` for every value. */
  statement: string
  /** Types and lengths of the parameters, never their values. */
  parameters: string[]
  /** From asking to answer, with the wait for a connection. */
  ms: number
  /** The line of the application, such as `src/catalog/list.ts:84`. */
  place: string | undefined
  /** The request or task; undefined in scripts. */
  contextId: string | undefined
  /** It ended with an error. */
  failed: boolean
}

/** Asks the server that ran a statement for its plan. */
export type Explain = (server: string, text: string, params: unknown[]) => Promise<string>

/** The database that a slow query belongs to. */
interface SlowQueryOrigin {
  name: string
  logger: Logger
  explain: Explain
}

const rememberedMax = 100
/** What the parameters of a remembered query may take, in bytes, about. */
const sizeMax = 64_000
const logEveryMs = 10_000

interface Remembered {
  query: SlowQuery
  /** Undefined for what can't be explained. */
  plan: (() => Promise<string>) | undefined
}

let count = 0
const remembered: Remembered[] = []
const lines = new LogThrottle(logEveryMs)

/** The last slow queries of this process that were logged, the newest first. */
export function slowQueries(): SlowQuery[] {
  return remembered.map(({ query }) => query).reverse()
}

/**
 * The plan of a slow query, from the server where it ran, for the values it ran with. Nothing is executed.
 *
 * @throws {SpillwayError} `SLOW_QUERY_UNKNOWN`, `SLOW_QUERY_UNEXPLAINABLE`
 * @example
 * const plan = await explainSlowQuery(slowQueries()[0]!.id)
 */
export async function explainSlowQuery(id: number): Promise<string> {
  const found = remembered.find(({ query }) => query.id === id)
  if (!found) {
    throw new SpillwayError('SLOW_QUERY_UNKNOWN', `The slow query ${id} is not remembered.`, {
      hint: `The last ${rememberedMax} of a process are, until it ends.`,
    })
  }
  if (!found.plan) {
    throw new SpillwayError('SLOW_QUERY_UNEXPLAINABLE', `The slow query ${id} has no plan, or was too large to keep.`, {
      hint: 'Single queries, inserts, updates and deletes can be explained.',
    })
  }
  return await found.plan()
}

/** Logs and remembers a query, but for those of one statement that follow within ten seconds: they are counted. */
export function noteSlowQuery(recorded: RecordedQuery, ms: number, { name, logger, explain }: SlowQueryOrigin): void {
  const { statement, server, failed, place, sent, fingerprint } = recorded
  fingerprint.slowAt = performance.now()
  const mayLog = lines.admit(`${name} ${statement}`, (suppressed, seconds) =>
    logger.warn({ database: name, statement, suppressed, seconds }, 'more slow queries like one before'),
  )
  if (!mayLog) return
  const query: SlowQuery = {
    ...{ id: ++count, at: new Date(), database: name, server, statement, ms, failed },
    parameters: maskedParameters(sent.params),
    place: place.line,
    contextId: currentContext()?.id,
  }
  if (remembered.length >= rememberedMax) remembered.shift()
  remembered.push({ query, plan: isExplainable(recorded) ? () => explain(server, sent.text, sent.params) : undefined })
  const { id, parameters } = query
  const line = { slow_query: id, database: name, server, ms: Math.round(ms), statement, parameters, place: place.line }
  logger.warn({ ...line, callers: place.callers, ...(failed && { failed }) }, 'slow query')
}

/** A second statement in the same text would be executed rather than explained. */
const explainable = /^\(*(?:select|insert|update|delete|merge|with|values)\b[^;]*$/i

function isExplainable({ statement, sent }: RecordedQuery): boolean {
  // Of a longer text the fingerprint tells nothing about its end.
  return explainable.test(statement) && sent.text.length <= fingerprintedMax && sizeOf(sent.params) <= sizeMax
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (ArrayBuffer.isView(value)) return value.byteLength
  if (typeof value !== 'object' || value === null) return 8
  let size = 16
  for (const part of Object.values(value)) {
    size += sizeOf(part)
    if (size > sizeMax) break
  }
  return size
}
