import { expect, test } from 'bun:test'
import { planCatalogue } from './catalogue.ts'
import { parsePictureSlug } from './pictures/index.ts'
import { productAt } from './products.ts'
import { ratingsOf, reviewsOf } from './reviews.ts'
import { tagRows, tagsOf } from './tags.ts'
import { departments } from './vocabulary/index.ts'
import type { Voice } from './vocabulary/words.ts'

const reference = new Date('2026-06-01T00:00:00Z')
const catalogue = planCatalogue({ scale: 1, reference })
const products = Array.from({ length: 3000 }, (_, index) => productAt(catalogue, index + 1))

test('the same plan makes the same products', () => {
  const again = planCatalogue({ scale: 1, reference })
  expect(Array.from({ length: 50 }, (_, index) => productAt(again, index + 1))).toEqual(products.slice(0, 50))
})

test('names and descriptions are complete in English and in Korean', () => {
  for (const { name, nameKo, description, descriptionKo } of products) {
    expect(name + description).not.toMatch(/[{}가-힣]|undefined| {2}/)
    expect(nameKo + descriptionKo).not.toMatch(/[{}]|undefined| {2}/)
    for (const text of [nameKo, descriptionKo]) expect(text).toMatch(/[가-힣]/)
    expect(description.split(/[.?!](?: |$)/).length).toBeGreaterThan(2)
    expect(name.length).toBeLessThan(90)
  }
})

test('articles in names and descriptions follow the sound of the next word', () => {
  for (const { name, description } of products) {
    expect(`${name}. ${description}`).not.toMatch(/\b[Aa] [AEIOUaeiou](?!ni|ne|se)/)
    expect(name).not.toMatch(/\b[Aa]n [^AEIOUaeiou]/)
  }
})

test('nearly every product has a name of its own', () => {
  expect(new Set(products.map(({ name }) => name)).size).toBeGreaterThan(products.length * 0.97)
})

test('prices look like prices and lie within the range of their kind', () => {
  for (const { id, price } of products) {
    const [low, high] = catalogue.shelfOf(id).kind.price
    expect(price).toMatch(/^\d+\.(00|50|90|95|99)$/)
    expect(Number(price)).toBeGreaterThan(low * 0.9)
    expect(Number(price)).toBeLessThan(high * 1.1)
  }
})

test('the first hundred can be bought; further on some are inactive, pending, out of stock or nearly so', () => {
  for (const { status, stock } of products.slice(0, 100)) {
    expect(status).toBe('active')
    expect(stock).toBeGreaterThanOrEqual(40)
  }
  for (const wanted of ['inactive', 'pending'] as const)
    expect(products.some(({ status }) => status === wanted)).toBe(true)
  expect(products.some(({ stock }) => stock === 0)).toBe(true)
  expect(products.some(({ stock }) => stock > 0 && stock <= 5)).toBe(true)
})

test('pictures are one to three views of one thing', () => {
  for (const { images } of products) {
    const keys = images.map(({ url }) => parsePictureSlug(url.slice('/media/products/'.length, -'.svg'.length)))
    expect(keys.length).toBeGreaterThanOrEqual(1)
    expect(keys.map((key) => key?.view)).toEqual((['front', 'detail', 'context'] as const).slice(0, keys.length))
    expect(new Set(keys.map((key) => `${key?.type} ${key?.palette} ${key?.variant}`)).size).toBe(1)
  }
})

test('average and count agree with the reviews', () => {
  for (const { id, averageRating, reviewCount } of products) {
    const ratings = ratingsOf(catalogue, id)
    const sum = ratings.reduce((total, rating) => total + rating, 0)
    expect(reviewCount).toBe(ratings.length)
    if (reviewCount > 0) expect(Math.abs(Number(averageRating) - sum / reviewCount)).toBeLessThanOrEqual(0.005001)
  }
})

test('few products are very popular and most are not', () => {
  const views = products.map(({ viewCount }) => viewCount).toSorted((a, b) => a - b)
  const median = views[views.length / 2] ?? 0
  expect(views.at(-1)).toBeGreaterThan(median * 20)
})

test('nobody reviews a product twice, and reviews come in both languages after the product', () => {
  let korean = 0
  let english = 0
  for (const { id, createdAt } of products) {
    const reviews = [...reviewsOf(catalogue, id)]
    expect(new Set(reviews.map(({ userId }) => userId)).size).toBe(reviews.length)
    for (const review of reviews) {
      const isKorean = /[가-힣]/.test(review.title)
      expect(/[가-힣]/.test(review.body)).toBe(isKorean)
      expect(review.createdAt.getTime()).toBeGreaterThanOrEqual(createdAt.getTime())
      expect(review.createdAt.getTime()).toBeLessThan(reference.getTime())
      if (isKorean) korean++
      else english++
    }
  }
  expect(Math.min(korean, english)).toBeGreaterThan((korean + english) * 0.3)
})

test('new products have few reviews on many days, none that speaks of long use, and are no bestsellers', () => {
  const voices = departments.flatMap((department): Voice[] => [
    department,
    ...department.families.flatMap(({ voice }) => voice ?? []),
  ])
  const ofLongUse = voices
    .flatMap(({ praiseAfterLongUse = [], complaintsAfterLongUse = [] }) => [praiseAfterLongUse, complaintsAfterLongUse])
    .flat(2)
  const bestseller = tagRows.find(({ name }) => name === 'Bestseller')?.id
  let seen = 0
  for (let id = catalogue.counts.products; catalogue.isNew(id); id--) {
    const reviews = [...reviewsOf(catalogue, id)]
    expect(reviews.length).toBeLessThan(25)
    const days = new Set(reviews.map(({ createdAt }) => createdAt.toISOString().slice(0, 10)))
    if (reviews.length > 4) expect(days.size).toBeGreaterThan(2)
    for (const { body } of reviews) for (const words of ofLongUse) expect(body).not.toContain(words)
    expect(tagsOf(catalogue, id)).not.toContain(bestseller ?? 0)
    seen++
  }
  expect(seen).toBeGreaterThan(500)
  expect(ofLongUse).toContain('Survived the dishwasher fifty times already.')
})

test('long use is spoken of by those who have had the time', () => {
  const late = products.flatMap(({ id }) => [...reviewsOf(catalogue, id)].map(({ body }) => body))
  expect(late.some((body) => body.includes('Survived the dishwasher'))).toBe(true)
})

test('the counts of reviews add up to the scale', () => {
  let total = 0
  for (let id = 1; id <= catalogue.counts.products; id++) total += catalogue.reviewCountOf(id)
  expect(total).toBe(50_000)
})
