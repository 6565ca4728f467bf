import { afterAll, expect, test } from 'bun:test'
import { chownSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { memoryFolder } from './memory-folder.ts'

const isRoot = process.getuid?.() === 0
/** Its process has ended. */
const left = () => `/dev/shm/spillway-tests-${Bun.spawnSync(['true']).pid}-left`
const made: string[] = []

function folder(uid?: number): string {
  const path = left()
  mkdirSync(path)
  if (uid !== undefined) chownSync(path, uid, uid)
  made.push(path)
  return path
}

afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true })
})

test.skipIf(!existsSync('/dev/shm'))('what killed tests have left in memory is removed, and nothing else', () => {
  const ours = folder()
  const theirs = isRoot ? folder(65_534) : undefined
  const mine = memoryFolder()
  const another = memoryFolder()
  expect(existsSync(ours)).toBe(false)
  if (theirs) expect(existsSync(theirs)).toBe(true)
  for (const one of [mine, another]) {
    if (!one) continue
    expect(existsSync(one.path)).toBe(true)
    one.remove()
    expect(existsSync(one.path)).toBe(false)
  }
})
