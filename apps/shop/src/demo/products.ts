/** One product of the demo shop, made from its id. @module */
import { type Catalogue, type ProductStatus, stockOf } from './catalogue.ts'
import { paletteAt, woodAt } from './pictures/palette.ts'
import { PALETTE_COUNT, pictureSlug, SHAPE_COUNT, type View, views } from './pictures/slug.ts'
import { Random, streamNamed } from './random.ts'
import { ratingsOf } from './reviews.ts'
import { models } from './vocabulary/common.ts'
import { type Family, fill, type Words } from './vocabulary/words.ts'

export interface DemoImage {
  url: string
  alt: string
}

export interface DemoProduct {
  id: number
  categoryId: number
  name: string
  nameKo: string
  description: string
  descriptionKo: string
  /** With two decimals, as `numeric` takes it. */
  price: string
  stock: number
  status: ProductStatus
  viewCount: number
  averageRating: string
  reviewCount: number
  createdAt: Date
  updatedAt: Date
  images: DemoImage[]
}

const wordsStream = streamNamed('product words')
const looksStream = streamNamed('product looks')
const countsStream = streamNamed('product counts')

const DAY_MS = 86_400_000
const USUAL_TITLE: Words = ['{brand} {model} {noun} {size}, {finish}', '{brand} {model} {noun} {size} {finish}']

export function productAt(catalogue: Catalogue, id: number): DemoProduct {
  const shelf = catalogue.shelfOf(id)
  const looks = looksOf(catalogue, id)
  const random = new Random(countsStream, id)
  const createdAtMs = catalogue.createdAtMsOf(id)
  const quietDays = (catalogue.reference.getTime() - createdAtMs) / DAY_MS
  const words = wordsOf(catalogue, id, looks.finish)
  return {
    id,
    categoryId: shelf.categoryId,
    ...words,
    price: money(catalogue.priceCentsOf(id)),
    stock: stockOf(id, random),
    status: catalogue.statusOf(id),
    viewCount: Math.floor(catalogue.popularityOf(id) * (40 + 160 * random.next())),
    ...ratingSummary(ratingsOf(catalogue, id)),
    createdAt: new Date(createdAtMs),
    updatedAt: new Date(createdAtMs + Math.floor(random.next() * quietDays) * DAY_MS),
    images: looks.views.map((view) => ({
      url: `/media/products/${pictureSlug({ ...looks, view })}.svg`,
      alt: `${words.name}, ${ALT[view]}`,
    })),
  }
}

/** Cents as a decimal with two places. */
export function money(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
}

const ALT: Record<View, string> = { front: 'front view', detail: 'a closer look', context: 'in use at home' }

interface Looks {
  type: Family['picture']
  palette: number
  variant: number
  views: View[]
  finish: Words
}

function looksOf(catalogue: Catalogue, id: number): Looks {
  const { family, kind } = catalogue.shelfOf(id)
  const random = new Random(looksStream, id)
  const palette = random.integer(0, PALETTE_COUNT - 1)
  const shape = random.pick(kind.shapes ?? [0, 1, 2, 3])
  const ornament = random.integer(0, 1)
  const pictures = random.pick([1, 2, 3, 3, 3])
  return {
    type: family.picture,
    palette,
    variant: shape + SHAPE_COUNT * ornament,
    views: views.slice(0, pictures),
    finish: family.finish === 'wood' ? woodAt(palette).name : paletteAt(palette).name,
  }
}

type ProductWords = Pick<DemoProduct, 'name' | 'nameKo' | 'description' | 'descriptionKo'>

/** Both languages are filled from the same draws, so that they say the same thing. */
function wordsOf(catalogue: Catalogue, id: number, finish: Words): ProductWords {
  const { department, family, kind } = catalogue.shelfOf(id)
  const random = new Random(wordsStream, id)
  const values = {
    brand: random.pick(department.brands),
    model: random.pick(kind.models ?? family.models ?? models),
    noun: kind.noun,
    size: random.pick(kind.sizes ?? family.sizes ?? [NOTHING]),
    option: random.pick(family.options ?? [NOTHING]),
    material: random.pick(kind.materials ?? family.materials),
    finish,
  }
  const sentences = [
    random.pick(family.openings),
    ...random.sample(family.features, random.integer(1, 2)),
    ...(random.chance(0.75) ? [random.pick((family.voice ?? department).closings)] : []),
  ]
  const title = family.title ?? USUAL_TITLE
  const inLanguage = (language: 0 | 1) => {
    const words = Object.fromEntries(Object.entries(values).map(([key, both]) => [key, both[language]]))
    return {
      name: tidy(fill(title[language], { ...words, noun: titleCase(values.noun[language]) })),
      description: sentences.map((sentence) => capitalise(fill(sentence[language], words))).join(' '),
    }
  }
  const english = inLanguage(0)
  const korean = inLanguage(1)
  return { ...english, nameKo: korean.name, descriptionKo: korean.description }
}

const NOTHING: Words = ['', '']

function titleCase(text: string): string {
  return text.replace(/(^| )\p{Lowercase}/gu, (start) => start.toUpperCase())
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Closes the gaps that missing sizes and options leave. */
function tidy(name: string): string {
  return name
    .replaceAll(/ +/g, ' ')
    .replaceAll(' ,', ',')
    .replace(/[, ]+$/, '')
}

/** Rounded half up, as `round(avg(rating), 2)` does. */
function ratingSummary(ratings: Uint8Array): Pick<DemoProduct, 'averageRating' | 'reviewCount'> {
  const count = ratings.length
  if (count === 0) return { averageRating: '0.00', reviewCount: 0 }
  const sum = ratings.reduce((total, rating) => total + rating, 0)
  return { averageRating: money(Math.floor((sum * 200 + count) / (2 * count))), reviewCount: count }
}
