/** The orders in which products can be listed, each of which an index holds ready. @module */
import type { AnyColumn } from 'drizzle-orm'
import { type Keyset, keyset } from 'spillway/database'
import { products } from '../schema/index.ts'

type Direction = 'asc' | 'desc'

/** A sort read downwards (the next page) and upwards (the page before). */
export interface TwoWayKeyset {
  forward: Keyset
  backward: Keyset
}

function twoWays(name: string, direction: Direction, columns: Record<string, AnyColumn>): TwoWayKeyset {
  const towards = (to: Direction) =>
    keyset(
      `${name} ${to}`,
      Object.entries(columns).map(([key, column]) => ({ key, column, direction: to })),
    )
  return { forward: towards(direction), backward: towards(direction === 'asc' ? 'desc' : 'asc') }
}

const { id, createdAt, viewCount, averageRating, reviewCount, price } = products

export const sorts = {
  newest: twoWays('newest', 'desc', { createdAt, id }),
  popular: twoWays('popular', 'desc', { viewCount, id }),
  rating: twoWays('rating', 'desc', { averageRating, reviewCount, id }),
  price: twoWays('price', 'asc', { price, id }),
  '-price': twoWays('-price', 'desc', { price, id }),
}

export type Sort = keyof typeof sorts
/** In the order in which a menu shows them. */
export const sortNames = ['newest', 'popular', 'rating', 'price', '-price'] as const satisfies readonly Sort[]
