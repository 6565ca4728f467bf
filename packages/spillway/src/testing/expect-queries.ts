/** Pins how many queries something makes, in tests. @module */
import { type ObservedQuery, observeQueries } from '../database/index.ts'
import { runInContext, SpillwayError } from '../foundation/index.ts'

/**
 * Runs `work` in a context of its own and returns its result; throws with the list of its queries when there are more
 * or fewer than expected. Queries of requests that `work` makes to a pipeline or a Hono app count too; BEGIN, COMMIT and
 * savepoints don't.
 *
 * @param expected the exact number, or the most that may be.
 * @throws {SpillwayError} `QUERIES_UNEXPECTED`
 * @example
 * const products = await expectQueries(1, () => listProducts({ limit: 20 }))
 * await expectQueries({ max: 5 }, () => app.request('/products'))
 */
export async function expectQueries<Result>(
  expected: number | { max: number },
  work: () => Result | Promise<Result>,
): Promise<Result> {
  const { result, queries } = await runInContext({ id: 'expect-queries' }, () => observeQueries(work))
  const count = queries.length
  const isExpected = typeof expected === 'number' ? count === expected : count <= expected.max
  if (isExpected) return result
  const wanted = typeof expected === 'number' ? `${expected}` : `at most ${expected.max}`
  throw new SpillwayError('QUERIES_UNEXPECTED', `Expected ${wanted} queries, got ${count}${listOf(queries)}`, {
    hint: 'Repeated queries are loaded at once with inArray(...), a join or loader(...).',
  })
}

function listOf(queries: ObservedQuery[]): string {
  if (queries.length === 0) return '.'
  const repeated = [...Map.groupBy(queries, ({ statement }) => statement).values()]
    .filter(({ length }) => length > 1)
    .sort((a, b) => b.length - a.length)
    .map((same) => `  ${same.length} times: ${same[0]!.statement}\n    ${placesOf(same)}`)
  const inOrder = queries.map(
    (query, index) => `  ${index + 1}. ${timeOf(query)} ${query.statement}\n    ${placesOf([query])}`,
  )
  const sections = [':', ...(repeated.length > 0 ? ['repeated', ...repeated, 'in order'] : []), ...inOrder]
  return sections.join('\n')
}

function timeOf({ ms, failed }: ObservedQuery): string {
  if (ms === undefined) return '(not awaited)'
  return `${ms.toFixed(1)} ms${failed ? ', failed' : ''}`
}

function placesOf(queries: ObservedQuery[]): string {
  return [...new Set(queries.map(({ place }) => `at ${place.line ?? 'an unknown place'}`))].join(', ')
}
