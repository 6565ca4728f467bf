import { expect, test } from 'bun:test'
import { Place } from './place.ts'

const at = (...lines: string[]) =>
  Object.assign(new Error(), { stack: ['Error', ...lines.map((line) => `    at ${line}`)].join('\n') })
const own = '/srv/shop/src'

test('the first line of the application is the place, those behind it are its callers', () => {
  const place = new Place(
    at(
      `run (${import.meta.dir}/query-recorder.ts:40:11)`,
      'then (/app/node_modules/drizzle-orm/query-promise.js:21:17)',
      'map (native:1:11)',
      'all (unknown)',
      `${own}/list.ts:84:5`,
      `async <anonymous> (${own}/a (copy)/page.tsx:12:30)`,
      `async <anonymous> (${own}/a (copy)/page.tsx:12:50)`,
      'processTicksAndRejections (node:internal/process:1:2)',
      'dispatch (/elsewhere/app.ts:7:1)',
    ),
    undefined,
  )
  expect(place.line).toBe('/srv/shop/src/list.ts:84')
  expect(place.callers).toEqual(['/srv/shop/src/a (copy)/page.tsx:12', '/elsewhere/app.ts:7'])
})

test('where a query was sent wins over where it was built, if that is in the application', () => {
  const [sent, built] = [at(`${own}/sent.ts:1:1`), at(`${own}/built.ts:2:2`)]
  expect(new Place(sent, built).line).toBe('/srv/shop/src/sent.ts:1')
  expect(new Place(at('then (/app/node_modules/a.js:1:1)'), built).line).toBe('/srv/shop/src/built.ts:2')
  expect(new Place(undefined, undefined).line).toBeUndefined()
})
