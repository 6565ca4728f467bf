/** Prices, dates and numbers as each language writes them. @module */
import { shopTimeZone } from '../time-zone.ts'
import type { Language } from './language.ts'

const locales = { en: 'en-US', ko: 'ko-KR' } satisfies Record<Language, string>

/** Formatters are slow to build and free to keep. */
function perLanguage<T>(build: (locale: string) => T): Record<Language, T> {
  return { en: build(locales.en), ko: build(locales.ko) }
}

const prices = perLanguage((locale) => new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD' }))
const ratings = perLanguage((locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }))
const dates = perLanguage((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: shopTimeZone }))

/**
 * @param amount a decimal string such as `"19.99"`; it stays a string, so no cent is lost to floating point.
 * @example formatPrice('ko', '1299.00') // 'US$1,299.00'
 */
export function formatPrice(language: Language, amount: string): string {
  return prices[language].format(amount as `${number}`)
}

/** @example formatRating('en', 4.25) // '4.3' */
export function formatRating(language: Language, rating: number): string {
  return ratings[language].format(rating)
}

/** @example formatDate('ko', new Date('2026-03-01')) // '2026년 3월 1일' */
export function formatDate(language: Language, date: Date): string {
  return dates[language].format(date)
}
