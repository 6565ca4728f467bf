/** What people think of a product. @module */
import { type Catalogue, NEW_DAYS } from './catalogue.ts'
import { languageOf } from './people.ts'
import { Random, streamNamed } from './random.ts'
import { reviewEndings, reviewTitles } from './vocabulary/reviews.ts'
import type { Voice, Words } from './vocabulary/words.ts'

export interface DemoReview {
  productId: number
  userId: number
  rating: number
  title: string
  body: string
  createdAt: Date
}

const ratingStream = streamNamed('rating')
const reviewerStream = streamNamed('reviewer')
const wordsStream = streamNamed('review words')
const LONG_USE_MS = NEW_DAYS * 86_400_000

/** The ratings of a product in the order of its reviews: each product has a quality, and people scatter around it. */
export function ratingsOf(catalogue: Catalogue, productId: number): Uint8Array {
  const random = new Random(ratingStream, productId)
  const quality = 4.3 + random.normal() * 0.4
  return Uint8Array.from({ length: catalogue.reviewCountOf(productId) }, () =>
    Math.min(5, Math.max(1, Math.round(quality + random.normal() * 0.9))),
  )
}

/** All reviews of a product, each by another person and in that person's language. */
export function* reviewsOf(catalogue: Catalogue, productId: number): Generator<DemoReview> {
  const ratings = ratingsOf(catalogue, productId)
  if (ratings.length === 0) return
  const reviewers = reviewersOf(catalogue, productId)
  const random = new Random(wordsStream, productId)
  const deliveredAtMs = catalogue.deliveredAtMsOf(productId)
  const inUseMs = catalogue.reference.getTime() - deliveredAtMs
  const { department, family } = catalogue.shelfOf(productId)
  const early = family.voice ?? department
  const late = afterLongUse(early)
  for (const rating of ratings) {
    const userId = reviewers.next().value
    const usedMs = Math.floor(random.next() * inUseMs)
    const voice = usedMs < LONG_USE_MS ? early : late
    yield {
      productId,
      userId,
      rating,
      ...opinion(voice, rating, languageOf(userId) === 'ko' ? 1 : 0, random),
      createdAt: new Date(deliveredAtMs + usedMs),
    }
  }
}

/** Walks the users in steps that share no factor with their number, so that nobody comes twice. */
function* reviewersOf(catalogue: Catalogue, productId: number): Generator<number, never> {
  const { users } = catalogue.counts
  const random = new Random(reviewerStream, productId)
  let step = random.integer(1, users - 1)
  while (greatestCommonDivisor(step, users) !== 1) step++
  let position = random.integer(0, users - 1)
  while (true) {
    yield position + 1
    position = (position + step) % users
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

/** Who has had a thing for long can say all that a newcomer says, and more. */
function afterLongUse(voice: Voice): Voice {
  return {
    ...voice,
    praise: [...voice.praise, ...(voice.praiseAfterLongUse ?? [])],
    complaints: [...voice.complaints, ...(voice.complaintsAfterLongUse ?? [])],
  }
}

function opinion(voice: Voice, rating: number, language: 0 | 1, random: Random) {
  const sentences = sentencesFor(rating, voice, random)
  if (random.chance(0.6)) sentences.push(random.pick(forRating(reviewEndings, rating)))
  return {
    title: random.pick(forRating(reviewTitles, rating))[language],
    body: sentences.map((sentence) => sentence[language]).join(' '),
  }
}

/** Praise and complaints in the proportion of the stars. */
function sentencesFor(rating: number, { praise, complaints }: Voice, random: Random): Words[] {
  if (rating <= 2) return random.sample(complaints, rating === 1 ? 2 : random.integer(1, 2))
  if (rating === 3) return [random.pick(praise), random.pick(complaints)]
  if (rating === 5) return random.sample(praise, random.integer(1, 3))
  const grumble = random.chance(0.3) ? [random.pick(complaints)] : []
  return [...random.sample(praise, random.integer(1, 2)), ...grumble]
}

function forRating(table: readonly (readonly Words[])[], rating: number): readonly Words[] {
  return table[rating - 1] ?? []
}
