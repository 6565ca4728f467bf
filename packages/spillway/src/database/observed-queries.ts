/** Watches every query that some work makes, in whatever request or task it makes it. For tests and profilers. @module */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { RecordedQuery } from './recorded-query.ts'

/** A query as those who watch see it. */
export type ObservedQuery = Pick<RecordedQuery, 'statement' | 'server' | 'ms' | 'failed' | 'place'>

interface Observer {
  queries: RecordedQuery[]
  outer: Observer | undefined
}

const observers = new AsyncLocalStorage<Observer>()
/** Almost always nobody watches, and then this costs nothing. */
let watching = 0

export const isObserved = (): boolean => watching > 0 && observers.getStore() !== undefined

/** Tells those who watch. */
export function observed(query: RecordedQuery): void {
  for (let observer = observers.getStore(); observer; observer = observer.outer) observer.queries.push(query)
}

/**
 * Runs `work` and returns its result with the queries that it began, in order. It notes the place of each, which makes
 * them slower by a microsecond.
 *
 * @example
 * const { result, queries } = await observeQueries(() => findProduct(42))
 */
export async function observeQueries<Result>(
  work: () => Result | Promise<Result>,
): Promise<{ result: Result; queries: ObservedQuery[] }> {
  const observer: Observer = { queries: [], outer: observers.getStore() }
  watching++
  try {
    // Awaited inside: Drizzle's queries are sent when they are awaited.
    const result = await observers.run(observer, async () => await work())
    return { result, queries: observer.queries }
  } finally {
    watching--
  }
}

/** `work` as whoever watches here would see it, for work that is done outside of its caller's contexts. */
export function keepObserved<Result>(work: () => Result): () => Result {
  const observer = observers.getStore()
  return observer ? () => observers.run(observer, work) : work
}
