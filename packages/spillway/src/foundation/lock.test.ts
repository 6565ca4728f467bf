import { afterEach, describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from '../testing/until.ts'
import { acquireLock, LockHeldError } from './lock.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function lockPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-lock-'))
  folders.push(folder)
  return join(folder, 'lock')
}

describe('a lock', () => {
  test('is had by one at a time, also within a process', () => {
    const path = lockPath()
    const lock = acquireLock(path)
    expect(() => acquireLock(path)).toThrow(LockHeldError)
    lock.release()
    acquireLock(path).release()
  })

  test('tells who holds it', async () => {
    const path = lockPath()
    const holder = await startHolder(path)
    expect(() => acquireLock(path)).toThrow(`locked by process ${holder.pid}, since 20`)
    holder.kill('SIGKILL')
    await holder.exited
  })

  test('is free as soon as its process is killed', async () => {
    const path = lockPath()
    const holder = await startHolder(path)
    holder.kill('SIGKILL')
    const lock = await until(() => acquireLock(path), { what: 'the lock' })
    lock.release()
  })

  test('says what to do when its folder is missing', () => {
    expect(() => acquireLock('/nonexistent/lock')).toThrow("/nonexistent/lock can't be locked")
  })
})

async function startHolder(path: string) {
  const code = `
    import { acquireLock } from ${JSON.stringify(join(import.meta.dir, 'lock.ts'))}
    globalThis.lock = acquireLock(${JSON.stringify(path)})
    console.log('held')
    setInterval(() => {}, 1000)`
  const holder = Bun.spawn([process.execPath, '-e', code], { stdout: 'pipe' })
  await holder.stdout.getReader().read()
  return holder
}
