/** What a sales report is made of, as its tasks hand it on. Money is in cents, so that sums are exact. @module */
import { z } from 'zod'
import { dayRange } from './days.ts'

const sold = z.object({ orders: z.int(), units: z.int(), revenueCents: z.int() })

/** As the orders tell it, by ids. */
export const salesFacts = z.object({
  days: dayRange,
  /** ISO 8601. */
  gatheredAt: z.iso.datetime(),
  total: sold,
  categories: z.array(sold.extend({ categoryId: z.int() })),
  topProducts: z.array(sold.extend({ productId: z.int() })),
})

const named = z.object({ id: z.int(), name: z.string(), nameKo: z.string() })

export const salesReport = sold.extend({
  /** Rounded to the cent; 0 without an order. */
  averageOrderCents: z.int(),
  /** Who sold most comes first. The department is null for what stands in a department itself. */
  categories: z.array(sold.extend({ ...named.shape, department: named.nullable() })),
  topProducts: z.array(sold.extend(named.shape)),
})

export type SalesFacts = z.infer<typeof salesFacts>
export type SalesReport = z.infer<typeof salesReport>
