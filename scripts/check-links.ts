/**
 * Checks that every relative link of the documentation leads to a file.
 *
 * Run as `npm run check:docs`.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

const root = resolve(import.meta.dir, '..')
const pages = ['*.md', 'docs/**/*.md'].flatMap((pattern) => [...new Bun.Glob(pattern).scanSync({ cwd: root })])

const broken = (
  await Promise.all(
    pages.map(async (page) => {
      const links = (await Bun.file(join(root, page)).text()).matchAll(/\]\(([^)#]+)[^)]*\)/g)
      return [...links]
        .map(([, target = '']) => target)
        .filter((target) => !/^[a-z]+:/.test(target) && !existsSync(join(root, dirname(page), target)))
        .map((target) => `${page}: there is no ${target}`)
    }),
  )
).flat()

for (const line of broken) console.error(line)
process.exit(broken.length === 0 ? 0 : 1)
