/** Lists of products, page by page, at the same cost on every page. @module */

import type { Keyset } from 'spillway/database'
import { type ProductPage, withIsoTime } from './card.ts'
import { firstPage, headSize } from './list-head.ts'
import { type ListFilter, selectCards } from './list-rows.ts'
import { type Sort, sorts } from './sorts.ts'

export interface ListOptions extends ListFilter {
  sort?: Sort | undefined
  /** The page that starts after this cursor. */
  cursor?: string | undefined
  /** The page that ends before this cursor. */
  before?: string | undefined
}

/**
 * Only the first pages of whole lists are cached: there are five for each category. Of cursors and price ranges anybody
 * can make up as many as he likes, and would push everything else out of the cache.
 *
 * @throws InvalidCursorError when `cursor` or `before` isn't one that an earlier page of the same sort handed out.
 */
export async function listProducts(options: ListOptions): Promise<ProductPage> {
  const { sort = 'newest', categoryId, limit, cursor, before, minPrice, maxPrice } = options
  const isHead = [cursor, before, minPrice, maxPrice].every((value) => value === undefined) && limit <= headSize
  if (isHead) return await firstPage({ sort, categoryId, limit })
  if (before !== undefined) return await pageBefore(before, options)

  const { forward, backward } = sorts[sort]
  const { items, more } = await readPage(forward, cursor, options)
  return {
    items,
    nextCursor: more ? forward.cursor(items.at(-1)!) : null,
    previousCursor: cursor === undefined || items.length === 0 ? null : backward.cursor(items[0]!),
  }
}

async function pageBefore(before: string, options: ListOptions): Promise<ProductPage> {
  const { forward, backward } = sorts[options.sort ?? 'newest']
  const { items, more } = await readPage(backward, before, options)
  // Products that vanished meanwhile can leave the first page short: show it whole instead.
  if (items.length < options.limit) return await listProducts(withoutCursors(options))
  items.reverse()
  return {
    items,
    nextCursor: forward.cursor(items.at(-1)!),
    previousCursor: more ? backward.cursor(items[0]!) : null,
  }
}

function withoutCursors({ cursor: _, before: __, ...options }: ListOptions): ListOptions {
  return options
}

async function readPage(keys: Keyset, cursor: string | undefined, options: ListFilter) {
  const rows = await selectCards(keys, cursor, options)
  return { items: rows.slice(0, options.limit).map(withIsoTime), more: rows.length > options.limit }
}
