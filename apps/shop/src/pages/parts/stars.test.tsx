import { expect, test } from 'bun:test'
import { viewOf } from '../view.ts'
import { Stars } from './stars.tsx'

test('stars are filled to the tenth and say their rating', () => {
  const view = viewOf(new Request('http://localhost/?lang=ko'))
  const html = String(<Stars view={view} rating={4.25} />)
  expect(html).toContain('width="85"')
  expect(html).toContain('aria-label="5점 만점에 4.3점"')
})
