import { afterEach, beforeEach, expect, test } from 'bun:test'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { releaseOf } from './release.ts'

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

const release = (root = folder) => releaseOf(join(root, 'app/src/app.ts'))

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

test('data, dependencies and tests are no part of it', async () => {
  const before = release()
  for (const file of ['.spillway/data', 'node_modules/x/index.js', 'src/app.test.ts']) {
    await Bun.write(join(folder, 'app', file), 'something else')
  }
  expect(release()).toBe(before)
})
