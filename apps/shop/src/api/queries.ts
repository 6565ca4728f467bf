/** What the API accepts; anything else is answered with 400 and a list of what is wrong. @module */
import { z } from 'zod'
import { listQuery } from '../catalog/list-query.ts'

export const productParameters = z.object({
  id: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, 'must be the whole number of a product, such as 42')
    .transform(Number),
})

const limit = z
  .string()
  .regex(/^([1-9]\d?|100)$/, 'must be a whole number from 1 to 100')
  .transform(Number)
  .default(20)

export const reviewsQuery = z.object({ limit, cursor: listQuery.shape.cursor })

export const productsQuery = listQuery.extend({
  limit,
  category: z.string().min(1).max(100).optional(),
})
