/** The shapes of the vocabulary, and how sentences are filled in. @module */
import type { PictureType } from '../pictures/types.ts'

/** The same thing in both languages of the shop. */
export type Words = readonly [english: string, korean: string]

/** A category and what its products are called. */
export interface Kind {
  slug: string
  category: Words
  noun: Words
  /** What such a thing costs, lowest and highest. */
  price: readonly [low: number, high: number]
  /** Shapes of the picture that fit; all of them when missing. */
  shapes?: readonly number[]
  /** Replaces the family's, for species and titles. */
  models?: readonly Words[]
  /** Replace the family's. */
  sizes?: readonly Words[]
  materials?: readonly Words[]
}

/** Product types that look alike and are described alike. */
export interface Family {
  picture: PictureType
  /** What the colour in the name is: a colour, a wood, or nothing. */
  finish: 'colour' | 'wood' | 'none'
  /** Filled in with brand, model, noun, size and finish or option; the usual order when missing. */
  title?: Words
  models?: readonly Words[]
  /** Scents, flavours, bindings: named instead of a colour. */
  options?: readonly Words[]
  sizes?: readonly Words[]
  materials: readonly Words[]
  openings: readonly Words[]
  features: readonly Words[]
  /** Replaces the department's. */
  voice?: Voice
  kinds: readonly Kind[]
}

/** How a shop and its customers speak of a product. */
export interface Voice {
  /** Last sentences of a description: care, warranty, delivery. */
  closings: readonly Words[]
  /** Sentences of happy and of disappointed reviews. */
  praise: readonly Words[]
  complaints: readonly Words[]
  /** More of both, which nobody can say of a thing that is new. */
  praiseAfterLongUse?: readonly Words[]
  complaintsAfterLongUse?: readonly Words[]
}

export interface Department extends Voice {
  slug: string
  name: Words
  brands: readonly Words[]
  tags: readonly Words[]
  families: readonly Family[]
}

interface KindOptions {
  shapes?: readonly number[]
  models?: readonly Words[]
  sizes?: readonly Words[]
  materials?: readonly Words[]
}

/** A category with its products' noun; in Korean both are the same word. */
export function kind(
  category: string,
  noun: string,
  korean: string,
  low: number,
  high: number,
  options: KindOptions = {},
): Kind {
  const slug = category
    .toLowerCase()
    .replaceAll(/['’]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
  return { slug, category: [category, korean], noun: [noun, korean], price: [low, high], ...options }
}

/** A unicorn and a European, but an hour: the sound counts, not the letter. */
const VOWEL_SOUND = /^(?!uni|use|eu|one)(?:[aeiou]|hour|honest|heir)/i

/** Fills `{name}`, `{a name}` and, in Korean, `{name:은/는}` from the values. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(a |A )?(\w+)(?::([^}]+))?\}/g, (_, article = '', name = '', particle) => {
    const value = values[name] ?? ''
    if (article) return `${article[0] === 'A' ? 'A' : 'a'}${VOWEL_SOUND.test(value) ? 'n' : ''} ${value}`
    return particle ? withParticle(value, particle) : value
  })
}

/**
 * Adds the Korean particle that fits the word's last sound.
 *
 * @example
 * withParticle('주전자', '은/는') // '주전자는'
 */
export function withParticle(word: string, particle: string): string {
  const [closed = '', open = ''] = particle.split('/')
  const code = word.charCodeAt(word.length - 1) - 0xac00
  const isHangul = code >= 0 && code < 11172
  const final = isHangul ? code % 28 : 0
  const RIEUL = 8
  if (closed === '으로' && final === RIEUL) return word + open
  return word + (final > 0 ? closed : open)
}

/** Every opener with every topic, as titles: `['The Art of {topic}', '{topic}의 기술']`. */
export function titles(openers: readonly Words[], topics: readonly Words[]): Words[] {
  return topics.flatMap((topic) =>
    openers.map((opener): Words => [fill(opener[0], { topic: topic[0] }), fill(opener[1], { topic: topic[1] })]),
  )
}
