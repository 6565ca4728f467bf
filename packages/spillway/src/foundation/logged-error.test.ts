import { expect, test } from 'bun:test'
import { DrizzleQueryError } from 'drizzle-orm'
import { createLogger } from './logger.ts'

function logged(error: unknown): string {
  const lines: string[] = []
  createLogger('test', 'info', { write: (line) => lines.push(line) }).error({ err: error }, 'failed')
  return lines.join('')
}

test('a failed query is logged with its text and its reason, without what people entered', () => {
  const reason = Object.assign(new Error('duplicate key value violates unique constraint "users_email"'), {
    errno: '23505',
    detail: 'Key (email)=(ann@example.com) already exists.',
  })
  const line = logged(new DrizzleQueryError('insert into users values ($1)', ['ann@example.com\n  at line 1'], reason))
  expect(line).toContain('insert into users values ($1)')
  expect(line).toContain('users_email')
  expect(line).toContain('logged-error.test.ts')
  expect(line).not.toContain('ann@')
  expect(line).not.toContain('at line 1')
})

test('other errors are logged whole', () => {
  const line = JSON.parse(logged(new TypeError('broken', { cause: new Error('because') })))
  expect(line.err.type).toBe('TypeError')
  expect(line.err.message).toContain('because')
  expect(line.err.stack).toContain('logged-error.test.ts')
})
