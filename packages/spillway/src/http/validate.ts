/** Input checked by the schema that documents it. @module */
import type { Context } from 'hono'
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

/**
 * The body of a request, parsed and checked.
 *
 * @throws {InvalidRequestError} also when it is not JSON.
 * @example
 * app.post('/notes', async (c) => c.json(await addNote(await readJson(c, z.object({ text: z.string().min(1) }))), 201))
 */
export async function readJson<Schema extends z.ZodType>(context: Context, schema: Schema): Promise<z.output<Schema>> {
  return validate(schema, await parseBody(context))
}

async function parseBody(context: Context): Promise<unknown> {
  try {
    return await context.req.json()
  } catch (cause) {
    throw new InvalidRequestError('The body is not JSON.', { cause })
  }
}
