import { expect, test } from 'bun:test'
import { z } from 'zod'
import { InvalidRequestError } from './errors.ts'
import { validate } from './validate.ts'

const query = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  filter: z.object({ price: z.coerce.number() }).optional(),
})

test('what fits the schema is returned as it says', () => {
  expect(validate(query, { limit: '5' })).toEqual({ limit: 5 })
  expect(validate(query, {})).toEqual({ limit: 20 })
})

test('what does not is a 400 that names every field', () => {
  const error = rejection({ limit: '0', filter: { price: 'cheap' } })
  expect(error.status).toBe(400)
  expect(error.message).toMatch(/^limit: .*; filter\.price: /)
  expect(error.details['errors']).toEqual([
    { field: 'limit', message: expect.any(String) },
    { field: 'filter.price', message: expect.any(String) },
  ])
})

test('so is what is no object at all', () => {
  expect(rejection(null).message).not.toStartWith(':')
})

function rejection(value: unknown): InvalidRequestError {
  try {
    validate(query, value)
  } catch (error) {
    if (error instanceof InvalidRequestError) return error
    throw error
  }
  throw new Error('it was accepted')
}
