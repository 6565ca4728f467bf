/** What every part of a page needs to know about the request: its language, its words, its links. @module */
import type { Messages } from '../i18n/en.ts'
import { address, linker } from '../i18n/href.ts'
import { explicitLanguage, inLanguage, type Language, language, messagesIn } from '../i18n/language.ts'

export interface View {
  language: Language
  t: Messages
  /** What the parts of a page differ by, whatever they show: the language, and whether their links ask for it. */
  variant: string
  /** The page's own path, without its query. */
  path: string
  /** The page's query, without `lang`. */
  parameters: Record<string, string>
  /** A link that stays in the language that was asked for. */
  href: (path: string, parameters?: Record<string, string | undefined>) => string
  /** This page in another language. */
  inLanguage: (other: Language) => string
  /** A row's name in the page's language. */
  nameOf: (row: { name: string; nameKo: string }) => string
  /** A row's description in the page's language. */
  descriptionOf: (row: { description: string; descriptionKo: string }) => string
}

export function viewOf(request: Request): View {
  const url = new URL(request.url)
  // Two slashes would make every link to this page one to another host.
  const path = url.pathname.replace(/^\/+/, '/')
  const { lang, ...parameters } = Object.fromEntries(url.searchParams)
  const chosen = explicitLanguage(lang)
  const spoken = chosen ?? language.of(request.headers)
  return {
    language: spoken,
    variant: chosen === undefined ? spoken : `?lang=${chosen}`,
    t: messagesIn(spoken),
    path,
    parameters,
    href: linker(chosen),
    inLanguage: (other) => address(path, { ...parameters, lang: other }),
    nameOf: (row) => inLanguage(spoken, { en: row.name, ko: row.nameKo }),
    descriptionOf: (row) => inLanguage(spoken, { en: row.description, ko: row.descriptionKo }),
  }
}
