import { expect, test } from 'bun:test'
import { en } from './en.ts'
import { ko } from './ko.ts'
import { explicitLanguage, inLanguage, messagesIn } from './language.ts'

/** Every text of a dictionary by its path; the functions are called with sample arguments. */
function texts(messages: object, path = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(messages)) {
    const here = path === '' ? key : `${path}.${key}`
    if (typeof value === 'object') for (const [below, text] of texts(value, here)) found.set(below, text)
    else found.set(here, typeof value === 'function' ? value(3, 2, 3) : value)
  }
  return found
}

test('both languages say something for every key', () => {
  const english = texts(en)
  const korean = texts(ko)
  expect([...korean.keys()].sort()).toEqual([...english.keys()].sort())
  for (const [key, text] of [...english, ...korean]) expect(text.trim(), key).not.toBe('')
})

test('nothing in Korean was left in English, beside the name of the shop', () => {
  const untranslated = [...texts(ko)].filter(([key, text]) => key !== 'siteName' && !/\p{Script=Hangul}/u.test(text))
  expect(untranslated).toEqual([])
})

test('English counts one thing in the singular', () => {
  expect(en.reviewCount(1)).toBe('1 review')
  expect(en.reviewCount(1200)).toBe('1,200 reviews')
})

test('only a language that we speak can be asked for', () => {
  expect(explicitLanguage('ko')).toBe('ko')
  expect(explicitLanguage('fr')).toBeUndefined()
  expect(explicitLanguage(undefined)).toBeUndefined()
  expect(messagesIn('ko')).toBe(ko)
})

test('a name without a translation is shown in English', () => {
  expect(inLanguage('ko', { en: 'Lamp', ko: '램프' })).toBe('램프')
  expect(inLanguage('ko', { en: 'Lamp', ko: '' })).toBe('Lamp')
})
