/** Visits without a visitor: what warmers render pages by. @module */
import { type Warming, WarmingError } from '../cache/index.ts'
import type { Pipeline } from '../http/index.ts'

/** Asks for pages as visitors do, so that the page cache keeps them and shares them with the other processes. */
export function visitor({ fetch }: Pick<Pipeline, 'fetch'>): Warming['page'] {
  return async (path, headers = {}) => {
    const answer = await fetch(new Request(new URL(path, 'http://localhost').href, { headers }))
    await answer.body?.cancel()
    if (answer.status >= 400) throw new WarmingError(`${path} was answered with ${answer.status}.`)
  }
}
