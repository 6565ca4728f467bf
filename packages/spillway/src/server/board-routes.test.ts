import { expect, test } from 'bun:test'
import { platformSettings, readSettings } from '../foundation/index.ts'
import { hasBoard } from './board-routes.ts'

const settings = (env: Record<string, string>) => readSettings(platformSettings, env)

test('the board is there for whoever develops on this machine, and for nobody else', () => {
  expect(hasBoard(settings({ NODE_ENV: 'development' }))).toBe(true)
  expect(hasBoard(settings({ NODE_ENV: 'development', HOST: 'localhost' }))).toBe(true)
  expect(hasBoard(settings({ NODE_ENV: 'development', HOST: '::1' }))).toBe(true)
  expect(hasBoard(settings({ NODE_ENV: 'development', HOST: '0.0.0.0' }))).toBe(false)
  expect(hasBoard(settings({ NODE_ENV: 'development', HOST: '127.example.com' }))).toBe(false)
  expect(hasBoard(settings({}))).toBe(false)
})
