/** What the address of a list may say. @module */
import { z } from 'zod'
import { sortNames } from './sorts.ts'

const price = z
  .string()
  .regex(/^\d{1,8}(\.\d{1,2})?$/, 'must be a price with at most two decimals, such as 19.99')
  .optional()

/** Shared by the pages and the API. */
export const listQuery = z.object({
  sort: z.enum(sortNames, `must be one of ${sortNames.join(', ')}`).default('newest'),
  minPrice: price,
  maxPrice: price,
  cursor: z.string().max(500).optional(),
})

/** A form sends the fields that were left empty, too: they say nothing. */
export const pageQuery = z.preprocess(
  (query: Record<string, string>) => Object.fromEntries(Object.entries(query).filter(([, value]) => value !== '')),
  listQuery.extend({ before: z.string().max(500).optional() }),
)

export type ListQuery = z.infer<typeof pageQuery>

/** The parameters that enter the key of a cached page. */
export const pageParameters = ['sort', 'minPrice', 'maxPrice', 'cursor', 'before', 'lang']
