/** Which language a page is in: what `?lang=` says, else what the browser prefers. @module */
import { varyOnLanguage } from 'spillway/http'
import { en, type Messages } from './en.ts'
import { ko } from './ko.ts'

const dictionaries = { en, ko } satisfies Record<string, Messages>

export type Language = keyof typeof dictionaries
export const languages = ['en', 'ko'] as const satisfies readonly Language[]

/** The dimension by which cached pages differ. */
export const language = varyOnLanguage(languages)

export function messagesIn(language: Language): Messages {
  return dictionaries[language]
}

/** The language that a link asked for, or nothing when it asked for none or for one that we don't speak. */
export function explicitLanguage(value: string | undefined): Language | undefined {
  return languages.find((known) => known === value)
}

/** The one of two texts that is in the page's language: rows carry both. */
export function inLanguage(language: Language, texts: { en: string; ko: string }): string {
  return texts[language] || texts.en
}
