/** The people who shop here. @module */
import type { Catalogue } from './catalogue.ts'
import { Random, streamNamed } from './random.ts'
import { englishFamilyNames, englishGivenNames, koreanFamilyNames, koreanGivenNames } from './vocabulary/names.ts'

export type Language = 'en' | 'ko'

export interface DemoUser {
  id: number
  name: string
  email: string
  language: Language
  phone: string
  createdAt: Date
}

const personStream = streamNamed('person')
const languageStream = streamNamed('language')
const DAY_MS = 86_400_000

/** A person from their id. Addresses end in example.com and numbers in the range kept for fiction: nobody is reached. */
export function userAt(catalogue: Catalogue, id: number): DemoUser {
  const random = new Random(personStream, id)
  const language = languageOf(id)
  const { name, mailbox } = language === 'ko' ? koreanPerson(random) : englishPerson(random)
  return {
    id,
    name,
    email: `${mailbox}.${id}@example.com`,
    language,
    phone: `+12025550${random.integer(100, 199)}`,
    createdAt: new Date(catalogue.reference.getTime() - Math.floor((1 + random.next() * 3 * 365) * DAY_MS)),
  }
}

export function languageOf(userId: number): Language {
  return new Random(languageStream, userId).chance(0.45) ? 'ko' : 'en'
}

function englishPerson(random: Random) {
  const given = random.pick(englishGivenNames)
  const family = random.pick(englishFamilyNames)
  return { name: `${given} ${family}`, mailbox: asciiLower(`${given}.${family}`) }
}

function koreanPerson(random: Random) {
  const [family, familyLatin] = random.pick(koreanFamilyNames)
  const [given, givenLatin] = random.pick(koreanGivenNames)
  return { name: family + given, mailbox: `${givenLatin}.${familyLatin}` }
}

function asciiLower(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/[^A-Za-z.]/g, '')
    .toLowerCase()
}
