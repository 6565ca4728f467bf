import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { z } from 'zod'
import { defineApp } from '../app.ts'
import { releaseOf, withRelease, withSettings } from './release.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'release-'))
  await mkdir(join(folder, 'app/src'), { recursive: true })
  await Bun.write(join(folder, 'package-lock.json'), '{"version": 1}')
  await Bun.write(join(folder, 'app/package.json'), '{}')
  await Bun.write(join(folder, 'app/src/app.ts'), 'export default 1')
  await Bun.write(join(folder, 'app/style.css'), 'body {}')
})
afterEach(() => rm(folder, { recursive: true }))

const release = (root = folder) => releaseOf(join(root, 'app/src/app.ts'), join(root, 'app/data'))

test('the same content is the same release, wherever it lies', async () => {
  const copy = `${folder}-copy`
  await cp(folder, copy, { recursive: true })
  expect(release(copy)).toBe(release())
  await rm(copy, { recursive: true })
})

for (const file of ['app/src/app.ts', 'app/style.css', 'app/src/new.ts', 'package-lock.json']) {
  test(`another content of ${file} is another release`, async () => {
    const before = release()
    await Bun.write(join(folder, file), 'something else')
    expect(release()).not.toBe(before)
  })
}

test('data, dependencies, logs and tests are no part of it', async () => {
  const before = release()
  for (const file of ['data/file', '.spillway/data', 'node_modules/x/index.js', 'start.log', 'src/app.test.ts']) {
    await Bun.write(join(folder, 'app', file), 'something else')
  }
  expect(release()).toBe(before)
})

test('links that lead nowhere or in a circle, and what is no file, do no harm', async () => {
  const before = release()
  await symlink('nowhere', join(folder, 'app/src/dangling'))
  await symlink('..', join(folder, 'app/src/circle'))
  expect(await Bun.spawn(['mkfifo', join(folder, 'app/src/pipe')]).exited).toBe(0)
  const after = release()
  expect(after).not.toBe(before)
  expect(release()).toBe(after)
})

describe('what was loaded', () => {
  const load = (work: () => Promise<unknown>) => withRelease(join(folder, 'app/src/app.ts'), '.spillway', work)

  test('is the release of its files', async () => {
    expect(await load(async () => 'the app')).toEqual({ app: 'the app', release: release() })
  })

  test('while they were changed is neither the one before nor the one after', async () => {
    const before = release()
    const change = () => Bun.write(join(folder, 'app/src/app.ts'), 'export default 2')
    const { release: loaded } = await load(change)
    expect([before, release()]).not.toContain(loaded)
  })
})

test('other settings of the app are another release, and those of the machine are not', () => {
  const settings = z.object({ PUBLIC_URL: z.string().default('http://a') })
  const app = defineApp({ name: 'test', settings, databases: [], http: new Hono() })
  const of = (env: Record<string, string>) => withSettings('one', app, app.readSettings(env))
  expect(of({ PUBLIC_URL: 'http://a', PORT: '9000' })).toBe(of({}))
  expect(of({ PUBLIC_URL: 'http://b' })).not.toBe(of({}))
})
