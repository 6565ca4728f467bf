import { describe, expect, test } from 'bun:test'
import { HTTPException } from 'hono/http-exception'
import { DatabaseUnavailableError } from '../database/errors.ts'
import { InvalidCursorError } from '../database/index.ts'
import { SpillwayError, UnavailableError } from '../foundation/index.ts'
import { HttpError, InvalidRequestError, NotFoundError } from './errors.ts'
import { problemOf, retryAfterOf } from './problem.ts'

describe('a problem document', () => {
  test.each([
    [404, 'NOT_FOUND', 'Not Found', new NotFoundError('There is no product 42.')],
    [400, 'REQUEST_INVALID', 'Bad Request', new InvalidRequestError('limit is too large.')],
    [413, 'BODY_TOO_LARGE', 'Content Too Large', new HttpError(413, 'BODY_TOO_LARGE', 'At most 1 MiB.')],
    [503, 'BUSY', 'Service Unavailable', new UnavailableError('BUSY', 'Busy.')],
    [400, 'CURSOR_INVALID', 'Bad Request', new InvalidCursorError('?')],
    [405, 'HTTP_ERROR', 'Method Not Allowed', new HTTPException(405)],
    [500, 'INTERNAL_ERROR', 'Internal Server Error', new SpillwayError('SETTINGS_INVALID', 'Not for the world.')],
    [500, 'INTERNAL_ERROR', 'Internal Server Error', new Error('boom')],
    [500, 'INTERNAL_ERROR', 'Internal Server Error', 'a string'],
  ])('says %d %s, %s', (status, code, title, error) => {
    expect(problemOf(error, 'id-1')).toMatchObject({ status, code, title })
  })

  test('carries the request id of failures of ours, and of no others: those may be stored', () => {
    expect(problemOf(new Error('boom'), 'id-1').request_id).toBe('id-1')
    expect(problemOf(new NotFoundError('?'), 'id-1').request_id).toBeUndefined()
  })

  test('gives the hint to the caller whose mistake it was', () => {
    const error = new NotFoundError('There is no product 42.', { hint: 'Look at /api/products.' })
    expect(problemOf(error, 'id-1').detail).toBe('There is no product 42. Look at /api/products.')
  })

  test('keeps to itself what an outage is about', () => {
    const { detail } = problemOf(new DatabaseUnavailableError('10.0.0.7:5432 refuses connections'), 'id-1')
    expect(detail).toBe('The service is busy or being restarted. Try again shortly.')
  })

  test('has the members that the error brings', () => {
    const errors = [{ field: 'limit', message: 'too large' }]
    expect(problemOf(new InvalidRequestError('?', { details: { errors } }), 'id-1')).toMatchObject({ errors })
  })

  test('finds the reason behind what a library has wrapped around it', () => {
    const wrapped = new Error('Failed query', { cause: new UnavailableError('BUSY', '?', { retryAfterSeconds: 3 }) })
    expect(problemOf(wrapped, 'id-1')).toMatchObject({ status: 503, code: 'BUSY' })
    expect(retryAfterOf(wrapped)).toBe(3)
    expect(retryAfterOf(new Error('boom'))).toBeUndefined()
  })
})
