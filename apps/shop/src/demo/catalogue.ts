/**
 * The plan of the demo shop: what must be known of every product before the first row is written, in a few bytes each.
 * Everything else about a row is drawn from its id when the row is written, so memory stays flat at any scale.
 *
 * @module
 */
import { Random, streamNamed } from './random.ts'
import { type Shelf, shelfOf } from './shelves.ts'

const PRODUCTS = 10_000
const REVIEWS = 50_000
const USERS = 2_000
const ORDERS = 20_000

const DAY_MS = 86_400_000
const SHOP_AGE_DAYS = 3 * 365
/** Nobody reviews what has not been delivered, and it takes a year until a product is reviewed as much as the others. */
const DELIVERY_DAYS = 3
const REVIEWED_FULLY_DAYS = 365
/** For how long a product is new. */
export const NEW_DAYS = 60
/** Products up to this id are always active and in stock, so that examples and tests can name them. */
const SHOWCASE = 100

export type ProductStatus = 'active' | 'inactive' | 'pending'

export interface Catalogue {
  counts: { products: number; reviews: number; users: number; orders: number }
  reference: Date
  shelfOf(productId: number): Shelf
  statusOf(productId: number): ProductStatus
  priceCentsOf(productId: number): number
  createdAtMsOf(productId: number): number
  /** When the first customers have it. */
  deliveredAtMsOf(productId: number): number
  isNew(productId: number): boolean
  /** A draw of the long tail: 1 is ordinary, the stars are above 50. */
  popularityOf(productId: number): number
  reviewCountOf(productId: number): number
  /** A product that existed at a time, the popular ones more often; `draw` is in [0, 1). */
  productOrderedAt(timeMs: number, draw: number): number
}

interface CatalogueOptions {
  scale: number
  reference: Date
}

const priceStream = streamNamed('price')
const statusStream = streamNamed('status')
const popularityStream = streamNamed('popularity')
const ageStream = streamNamed('age')

export function planCatalogue({ scale, reference }: CatalogueOptions): Catalogue {
  const counts = {
    products: Math.round(PRODUCTS * scale),
    reviews: Math.round(REVIEWS * scale),
    users: Math.round(USERS * scale),
    orders: Math.round(ORDERS * scale),
  }
  const prices = new Int32Array(counts.products + 1)
  /** Sums of popularity up to an id, to pick by weight. */
  const cumulative = new Float64Array(counts.products + 1)
  /** The same, with less for the newer products, to share out the reviews. */
  const reviewed = new Float64Array(counts.products + 1)
  const oldestMs = reference.getTime() - SHOP_AGE_DAYS * DAY_MS
  const stepMs = (SHOP_AGE_DAYS * DAY_MS) / (counts.products + 1)
  const createdAtMsOf = (id: number) => {
    const jitter = new Random(ageStream, id).next()
    return Math.floor(oldestMs + (id - 1 + jitter) * stepMs)
  }
  const deliveredAtMsOf = (id: number) => createdAtMsOf(id) + DELIVERY_DAYS * DAY_MS
  for (let id = 1; id <= counts.products; id++) {
    prices[id] = drawPriceCents(id)
    const popularity = statusOf(id) === 'pending' ? 0 : popularityOf(id)
    const daysInUse = (reference.getTime() - deliveredAtMsOf(id)) / DAY_MS
    const share = Math.min(1, Math.max(0, daysInUse / REVIEWED_FULLY_DAYS)) ** 1.5
    cumulative[id] = (cumulative[id - 1] ?? 0) + popularity
    reviewed[id] = (reviewed[id - 1] ?? 0) + popularity * share
  }
  const totalReviewed = reviewed[counts.products] ?? 0
  const reviewsUpTo = (id: number) => Math.round((counts.reviews * (reviewed[id] ?? 0)) / totalReviewed)

  return {
    counts,
    reference,
    shelfOf,
    statusOf,
    popularityOf,
    createdAtMsOf,
    deliveredAtMsOf,
    isNew: (id) => reference.getTime() - createdAtMsOf(id) < NEW_DAYS * DAY_MS,
    priceCentsOf: (id) => prices[id] ?? 0,
    // In very small shops a star would want more reviewers than there are people.
    reviewCountOf: (id) => Math.min(counts.users, reviewsUpTo(id) - reviewsUpTo(id - 1)),
    productOrderedAt(timeMs, draw) {
      const newest = Math.max(1, Math.min(counts.products, Math.floor((timeMs - oldestMs) / stepMs)))
      return firstAbove(cumulative, newest, draw * (cumulative[newest] ?? 0))
    },
  }
}

export function statusOf(productId: number): ProductStatus {
  if (productId <= SHOWCASE) return 'active'
  const draw = new Random(statusStream, productId).next()
  if (draw < 0.02) return 'pending'
  return draw < 0.06 ? 'inactive' : 'active'
}

/** Log-normal with a ceiling, so that no product needs more reviewers than there are users. */
export function popularityOf(productId: number): number {
  return Math.min(60, Math.exp(new Random(popularityStream, productId).normal() * 1.25))
}

/** How many are left: mostly plenty, sometimes few, sometimes none. */
export function stockOf(productId: number, random: Random): number {
  if (productId <= SHOWCASE) return random.integer(40, 400)
  const draw = random.next()
  if (draw < 0.04) return 0
  return draw < 0.12 ? random.integer(1, 5) : random.integer(6, 400)
}

/** Prices as shops write them: 4.90, 19.99, 129.00, 1,290.00. */
function drawPriceCents(id: number): number {
  const { kind } = shelfOf(id)
  const [low, high] = kind.price
  const random = new Random(priceStream, id)
  const euros = low + (high - low) * random.next() ** 1.7
  if (euros >= 400) return Math.round(euros / 10) * 1000
  if (euros >= 100) return (Math.round(euros / 5) * 5 - (random.chance(0.7) ? 1 : 0)) * 100
  const whole = Math.max(1, Math.floor(euros))
  return whole * 100 + random.pick(euros < 20 ? [50, 90, 90, 95, 99] : [0, 50, 90, 95, 99])
}

/** The first id up to `last` whose sum is above `target`. */
function firstAbove(sums: Float64Array, last: number, target: number): number {
  let low = 1
  let high = last
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sums[middle] ?? 0) > target) high = middle
    else low = middle + 1
  }
  return low
}
