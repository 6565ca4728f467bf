import { expect, test } from 'bun:test'
import { categoryPicture } from './category-pictures.ts'
import { parsePictureSlug } from './pictures/index.ts'
import { categoryRows } from './shelves.ts'

test('there are 200 categories on two levels, with names of their own', () => {
  const departments = categoryRows.filter(({ parentId }) => parentId === null)
  const ids = new Set(departments.map(({ id }) => id))
  expect(categoryRows.length).toBe(200)
  expect(departments.length).toBe(15)
  expect(new Set(categoryRows.map(({ slug }) => slug)).size).toBe(200)
  for (const { parentId, slug, nameKo } of categoryRows) {
    expect(parentId === null || ids.has(parentId)).toBe(true)
    expect(slug).toMatch(/^[a-z0-9-]+$/)
    expect(nameKo).toMatch(/[가-힣]/)
  }
})

test('every category has a picture that can be drawn, and unknown ones have none', () => {
  for (const { slug } of categoryRows) {
    const [, name = ''] = categoryPicture(slug)?.match(/^\/media\/products\/(.+)\.svg$/) ?? []
    expect(parsePictureSlug(name)).toBeDefined()
  }
  expect(categoryPicture('no-such-category')).toBeUndefined()
})
