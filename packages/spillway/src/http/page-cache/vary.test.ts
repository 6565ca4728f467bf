import { expect, test } from 'bun:test'
import { varyOnDevice, varyOnLanguage } from './vary.ts'

const language = varyOnLanguage(['en', 'ko'])
const languageOf = (header?: string) => language.of(new Headers(header ? { 'accept-language': header } : {}))

test('the preferred language that the site speaks is chosen', () => {
  expect(languageOf()).toBe('en')
  expect(languageOf('ko-KR,ko;q=0.9,en-US;q=0.8')).toBe('ko')
  expect(languageOf('de,ko;q=0.5,en;q=0.4')).toBe('ko')
  expect(languageOf('en;q=0.4, ko;q=0.5')).toBe('ko')
  expect(languageOf('ko;q=0')).toBe('en')
  expect(languageOf('fr')).toBe('en')
  expect(languageOf(';;;q=,,')).toBe('en')
})

test('a normalised value stands for itself, so handlers can ask again', () => {
  for (const value of ['en', 'ko']) expect(languageOf(value)).toBe(value as 'en')
  for (const value of ['desktop', 'phone', 'tablet'] as const) {
    expect(varyOnDevice.of(new Headers({ 'user-agent': value }))).toBe(value)
  }
})

test('devices fall into three classes', () => {
  const deviceOf = (agent: string) => varyOnDevice.of(new Headers({ 'user-agent': agent }))
  expect(deviceOf('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Mobile/15E148')).toBe('phone')
  expect(deviceOf('Mozilla/5.0 (Linux; Android 16; Pixel 9) Mobile Safari/537.36')).toBe('phone')
  expect(deviceOf('Mozilla/5.0 (Linux; Android 16; SM-X910) Safari/537.36')).toBe('tablet')
  expect(deviceOf('Mozilla/5.0 (X11; Linux x86_64) Chrome/156')).toBe('desktop')
})

test('languages with a region can be chosen', () => {
  const regional = varyOnLanguage(['en', 'zh-TW'])
  expect(regional.of(new Headers({ 'accept-language': 'zh-TW,zh;q=0.9' }))).toBe('zh-TW')
  expect(regional.of(new Headers({ 'accept-language': 'zh-CN' }))).toBe('en')
})
