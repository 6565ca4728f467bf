import { expect, test } from 'bun:test'
import { type PictureKey, parsePictureSlug, pictureSlug, pictureTypes, productPicture, views } from './index.ts'
import { PALETTE_COUNT, VARIANT_COUNT } from './slug.ts'

/** The largest picture that a shop page should have to load, before compression. */
const MAX_BYTES = 20_000

/** Every form and view of every type, with the palettes in turn. */
const keys: PictureKey[] = pictureTypes.flatMap((type, index) =>
  views.flatMap((view) =>
    Array.from({ length: VARIANT_COUNT }, (_, variant) => ({
      type,
      view,
      variant,
      palette: (index + variant * 5) % PALETTE_COUNT,
    })),
  ),
)

test('a picture depends on nothing but its key', () => {
  for (const key of keys.slice(0, 60)) expect(productPicture(key)).toBe(productPicture({ ...key }))
})

test('pictures are well-formed, small, and refer only to themselves', () => {
  for (const key of keys) {
    const svg = productPicture(key)
    expect(svg).toStartWith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800">')
    expect(problemsOf(svg)).toEqual([])
    expect(Buffer.byteLength(svg)).toBeLessThan(MAX_BYTES)
    expect(svg).not.toMatch(/NaN|undefined|Infinity|href|<script|<image|<style|\son\w+=/)
  }
})

test('each form and palette of a type looks different', () => {
  for (const type of pictureTypes) {
    const seen = new Set<string>()
    for (let palette = 0; palette < PALETTE_COUNT; palette++)
      for (let variant = 0; variant < VARIANT_COUNT; variant++)
        seen.add(productPicture({ type, palette, variant, view: 'front' }))
    expect([type, seen.size]).toEqual([type, PALETTE_COUNT * VARIANT_COUNT])
  }
})

test('a slug is read back as the key that it was made from', () => {
  for (const key of keys) expect(parsePictureSlug(pictureSlug(key))).toEqual(key)
})

test('junk is not a picture', () => {
  for (const junk of [
    '',
    'mug',
    'mug-',
    'mug-c00',
    'mug-080',
    'mug-003',
    'mug-0000',
    'MUG-000',
    'cup-000',
    '../mug-000',
    'mug-000.svg',
  ])
    expect(parsePictureSlug(junk)).toBeUndefined()
})

test('the check of well-formedness finds what is wrong', () => {
  expect(problemsOf('<svg><g></svg>')).not.toEqual([])
  expect(problemsOf('<svg><g/>')).not.toEqual([])
  expect(problemsOf('<svg fill="a" fill="b"/>')).not.toEqual([])
  expect(problemsOf('<svg><a id="p"/><b id="p"/></svg>')).not.toEqual([])
  expect(problemsOf('<svg fill="url(#missing)"/>')).not.toEqual([])
  expect(problemsOf('<svg fill="a<b"/>')).not.toEqual([])
  expect(problemsOf('<svg><a id="p"/><b fill="url(#p)"/></svg>')).toEqual([])
})

const TAG = /<(\/?)([a-zA-Z]+)((?: [a-zA-Z0-9-]+="[^"<&]*")*)(\/?)>/g
const ATTRIBUTE = / ([a-zA-Z0-9-]+)="([^"]*)"/g

/** What an XML parser would complain about, for the little XML that is used here, and names that lead nowhere. */
function problemsOf(svg: string): string[] {
  const problems: string[] = []
  const open: string[] = []
  const ids: string[] = []
  const text = svg.replace(TAG, (tag, closing, name, attributes, isEmpty) => {
    const pairs = [...attributes.matchAll(ATTRIBUTE)]
    if (new Set(pairs.map(([, key]) => key)).size < pairs.length) problems.push(`an attribute twice in ${tag}`)
    ids.push(...pairs.filter(([, key]) => key === 'id').map(([, , value]) => value))
    if (closing && open.pop() !== name) problems.push(`unexpected ${tag}`)
    if (!closing && !isEmpty) open.push(name)
    return ''
  })
  if (text) problems.push(`not a tag: ${text.slice(0, 80)}`)
  if (open.length > 0) problems.push(`not closed: ${open.join(', ')}`)
  if (new Set(ids).size < ids.length) problems.push('an id twice')
  const known = new Set(ids)
  const missing = [...svg.matchAll(/url\(#(\w+)\)/g)].filter(([, id]) => !known.has(id ?? ''))
  return [...problems, ...missing.map(([reference]) => `nothing is called ${reference}`)]
}
