/** Two years of orders with their items and payments. @module */
import type { Catalogue } from './catalogue.ts'
import { money } from './products.ts'
import { Random, streamNamed } from './random.ts'

export type OrderStatus = 'PENDING' | 'PAID' | 'SHIPPED' | 'DELIVERED' | 'CANCELLED' | 'EXPIRED'
export type PaymentStatus = 'pending' | 'succeeded' | 'failed' | 'refunded'

export interface DemoOrderItem {
  productId: number
  quantity: number
  price: string
}

export interface DemoPayment {
  reference: string
  status: PaymentStatus
  amount: string
  createdAt: Date
}

export interface DemoOrder {
  id: number
  userId: number
  status: OrderStatus
  totalAmount: string
  createdAt: Date
  updatedAt: Date
  items: DemoOrderItem[]
  payments: DemoPayment[]
}

const orderStream = streamNamed('order')
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const HISTORY_MS = 730 * DAY_MS

export function orderAt(catalogue: Catalogue, id: number): DemoOrder {
  const random = new Random(orderStream, id)
  const createdAtMs = orderedAtMs(catalogue, id)
  const ageMs = catalogue.reference.getTime() - createdAtMs
  const status = statusAfter(ageMs, random)
  const items = drawItems(catalogue, createdAtMs, random)
  const totalAmount = money(items.reduce((total, { cents, quantity }) => total + cents * quantity, 0))
  return {
    id,
    userId: random.integer(1, catalogue.counts.users),
    status,
    totalAmount,
    createdAt: new Date(createdAtMs),
    updatedAt: new Date(createdAtMs + Math.floor(Math.min(ageMs, 4 * DAY_MS) * random.next())),
    items: items.map(({ productId, cents, quantity }) => ({ productId, quantity, price: money(cents) })),
    payments: paymentsOf(id, status, totalAmount, createdAtMs, random),
  }
}

/** Orders grow denser towards today, and later orders have higher ids. */
function orderedAtMs(catalogue: Catalogue, id: number): number {
  const { orders } = catalogue.counts
  const share = 1 - (id - 0.5) / orders
  return catalogue.reference.getTime() - 5 * MINUTE_MS - Math.floor(HISTORY_MS * share ** 1.4)
}

function statusAfter(ageMs: number, random: Random): OrderStatus {
  const draw = random.next()
  if (ageMs < HOUR_MS) return draw < 0.4 ? 'PENDING' : 'PAID'
  if (draw < 0.04) return 'CANCELLED'
  if (draw < 0.07) return 'EXPIRED'
  if (ageMs < 2 * DAY_MS) return 'PAID'
  if (ageMs < 5 * DAY_MS) return draw < 0.3 ? 'PAID' : 'SHIPPED'
  return ageMs < 8 * DAY_MS && draw < 0.5 ? 'SHIPPED' : 'DELIVERED'
}

function drawItems(catalogue: Catalogue, timeMs: number, random: Random) {
  const wanted = random.pick([1, 1, 1, 2, 2, 2, 3, 3, 4, 6])
  const products = new Set<number>()
  while (products.size < wanted) products.add(catalogue.productOrderedAt(timeMs, random.next()))
  return [...products].map((productId) => ({
    productId,
    cents: catalogue.priceCentsOf(productId),
    quantity: random.pick([1, 1, 1, 1, 1, 2, 2, 3]),
  }))
}

/** An order has a payment as soon as it is placed; now and then the first attempt fails. */
function paymentsOf(
  orderId: number,
  status: OrderStatus,
  amount: string,
  orderedAtMs: number,
  random: Random,
): DemoPayment[] {
  const isRetried = random.chance(0.03)
  const outcomes: PaymentStatus[] = isRetried ? ['failed', OUTCOME[status]] : [OUTCOME[status]]
  return outcomes.map((outcome, attempt) => ({
    reference: `demo_${orderId}_${attempt + 1}`,
    status: outcome,
    amount,
    createdAt: new Date(orderedAtMs + (attempt + 1) * MINUTE_MS),
  }))
}

const OUTCOME: Record<OrderStatus, PaymentStatus> = {
  PENDING: 'pending',
  PAID: 'succeeded',
  SHIPPED: 'succeeded',
  DELIVERED: 'succeeded',
  CANCELLED: 'refunded',
  EXPIRED: 'failed',
}
