import { expect, test } from 'bun:test'
import { Hono } from 'hono'
import { defineApp } from '../app.ts'
import { linksOf } from './links.ts'

const shown = (http: Hono, links?: { label: string; path: string }[]) =>
  linksOf(defineApp({ name: 'app', databases: [], http, ...(links && { links }) })).map(({ path }) => path)

test('the first page of an app is shown if there is one', () => {
  expect(shown(new Hono().get('/', (c) => c.text('home')))).toEqual(['/'])
  expect(shown(new Hono().all('/', (c) => c.text('home')))).toEqual(['/'])
  expect(
    shown(
      new Hono().route(
        '/',
        new Hono().get('/', (c) => c.text('home')),
      ),
    ),
  ).toEqual(['/'])
  const api = new Hono().use(async (_, next) => await next()).post('/', (c) => c.text('posted'))
  expect(shown(api.get('/api', (c) => c.text('api')))).toEqual([])
})

test('an app that names its links has these', () => {
  expect(
    shown(
      new Hono().get('/', (c) => c.text('home')),
      [{ label: 'API', path: '/api' }],
    ),
  ).toEqual(['/api'])
})
