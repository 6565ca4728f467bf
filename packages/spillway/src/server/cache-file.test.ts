import { afterEach, beforeEach, expect, test } from 'bun:test'
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SqliteTier } from '../cache/index.ts'
import { removeIfDamaged } from './cache-file.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cache-file-'))
  path = join(folder, 'cache.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

async function fill(): Promise<void> {
  const tier = new SqliteTier({ path })
  for (let key = 0; key < 200; key++) await tier.write(`key:${key}`, new Uint8Array(2_000).fill(key), 60_000, [])
  await tier.close()
}

async function bytesOf(key: string) {
  const tier = new SqliteTier({ path })
  const { entries } = await tier.read([key], [])
  await tier.close()
  return entries[0]
}

test('a sound file stays, with what it holds', async () => {
  await fill()
  expect(removeIfDamaged(path)).toBeUndefined()
  expect(await bytesOf('key:7')).toEqual(new Uint8Array(2_000).fill(7))
})

test('no file is no damage, and none is made', () => {
  expect(removeIfDamaged(path)).toBeUndefined()
  expect(existsSync(path)).toBe(false)
})

test('what is no database is removed, and can be made anew', async () => {
  writeFileSync(path, 'garbage'.repeat(5_000))
  expect(removeIfDamaged(path)).toBe('file is not a database')
  expect(existsSync(path)).toBe(false)
  await fill()
  expect(await bytesOf('key:7')).toBeDefined()
})

test('damage in the middle of the file is found as well', async () => {
  await fill()
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(40_960, 'garbage'), 0, 40_960, Math.floor(statSync(path).size / 8_192) * 4_096)
  closeSync(file)
  expect(removeIfDamaged(path)).toBeString()
  expect(existsSync(path)).toBe(false)
})
