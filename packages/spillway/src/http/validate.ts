/** Input checked by the schema that documents it. @module */
import type { z } from 'zod'
import { InvalidRequestError } from './errors.ts'

/**
 * The parsed value, or a 400 that names every field that is wrong.
 *
 * @throws {InvalidRequestError} with `errors: [{ field, message }]` in the problem document.
 * @example
 * const { limit } = validate(z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) }), c.req.query())
 */
export function validate<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const errors = result.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }))
  const summary = errors.map(({ field, message }) => (field ? `${field}: ${message}` : message)).join('; ')
  throw new InvalidRequestError(summary, { details: { errors } })
}
