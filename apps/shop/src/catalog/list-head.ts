/**
 * The first page of each list, which is what most visitors see. It is cached as ids, so that a product that changes is
 * read anew by itself, and its lists aren't.
 *
 * @module
 */
import { caches } from '../caches.ts'
import type { ProductPage } from './card.ts'
import { findCategoryById } from './categories.ts'
import { selectRows } from './list-rows.ts'
import { findProducts } from './product.ts'
import { type Sort, sorts } from './sorts.ts'
import { anyCategory, listTags } from './tags.ts'

/** A longer first page is read from the database. */
export const headSize = 20

interface HeadOptions {
  sort: Sort
  categoryId: number | undefined
  /** At most `headSize`: all shorter pages are parts of one value. */
  limit: number
}

interface HeadRow {
  id: number
  /** Where the page behind it begins; made when the list was, as the product may have moved since. */
  cursor: string
}

export async function firstPage({ sort, categoryId, limit }: HeadOptions): Promise<ProductPage> {
  const head = await caches.remember(
    `list:${categoryId ?? 'all'}:${sort}`,
    async ({ tag }) => {
      if (categoryId !== undefined) tag(anyCategory)
      tag(...listTags(categoryId === undefined ? undefined : await findCategoryById(categoryId)))
      return await readHead(sort, categoryId)
    },
    { strategy: 'warm' },
  )
  const shown = head.slice(0, limit)
  return {
    items: await findProducts(shown.map(({ id }) => id)),
    nextCursor: head.length > limit ? shown.at(-1)!.cursor : null,
    previousCursor: null,
  }
}

async function readHead(sort: Sort, categoryId: number | undefined): Promise<HeadRow[]> {
  const { forward } = sorts[sort]
  const rows = await selectRows(forward, undefined, { categoryId, limit: headSize })
  return rows.map((row) => ({ id: row.id, cursor: forward.cursor(row) }))
}
