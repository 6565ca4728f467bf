/** `spillway cache invalidate`: by tags, or slowly by pattern. @module */
import { deleteMatching } from '../../cache/index.ts'
import { type Command, parse, UsageError } from '../command.ts'
import { printJson } from '../json.ts'
import { progressLine } from '../progress-line.ts'
import { plural } from '../quantities.ts'
import { chosenCaches } from './chosen.ts'
import { cacheOptions, ensureDone, type OpenedCaches, withCaches } from './with-caches.ts'

const options = {
  ...cacheOptions,
  soft: { type: 'boolean' },
  pattern: { type: 'string', multiple: true },
  cache: { type: 'string', multiple: true },
} as const

export const invalidate: Command = {
  name: 'invalidate',
  summary: 'drop what carries one of the tags, in every process',
  usage: `
spillway cache invalidate <tag>… [--soft]
spillway cache invalidate --pattern <keys>… [--cache name]…

  --soft                  the old value may be served while one caller loads the new one
  --pattern 'product:*'   instead of tags: slow, walks over every key; * ? [a-z]; repeatable
  --cache <name>          with --pattern, only there; without it everywhere but in sessions; repeatable
  --app <path>            the app, if it isn't the one of this folder
  --json                  the answer as data

Example: spillway cache invalidate product:42`,
  run,
}

async function run(args: string[]): Promise<number> {
  const { positionals: tags, values } = parse('cache invalidate', { args, options })
  const { soft = false, pattern: patterns = [], cache: names = [], json } = values
  ensureClear({ tags, patterns, names, soft })
  return await withCaches(values.app, async (caches) => {
    if (patterns.length > 0) {
      const line = progressLine()
      const deleted = await deleteAll(caches, patterns, names, json ? () => undefined : line.show)
      line.end()
      if (json) printJson({ patterns, deleted })
      else console.log(`Deleted ${plural(deleted, 'value')} by ${patterns.join(', ')}.`)
      return 0
    }
    const kind = soft ? 'soft' : 'hard'
    for (const backend of caches.backends.all) {
      await backend.invalidate(tags, kind)
      await ensureDone(backend)
    }
    if (json) printJson({ tags, kind })
    else console.log(`Invalidated ${soft ? 'softly ' : ''}in every process: ${tags.join(', ')}.`)
    return 0
  })
}

function ensureClear({
  tags,
  patterns,
  names,
  soft,
}: Record<'tags' | 'patterns' | 'names', string[]> & { soft: boolean }) {
  const hint = '`spillway cache invalidate --help` shows how.'
  if (tags.length === 0 && patterns.length === 0) throw new UsageError('Say which tags, or --pattern.', hint)
  // As an unset variable of a shell leaves it.
  if ([...tags, ...patterns].includes('')) throw new UsageError('A tag or pattern is empty.', hint)
  if (patterns.length === 0 && names.length > 0) throw new UsageError('Tags know no --cache: they reach all.', hint)
  if (patterns.length === 0) return
  if (tags.length > 0) throw new UsageError('Tags and --pattern exclude each other.', hint)
  if (soft) throw new UsageError('--soft is for tags: what a pattern finds is deleted.', hint)
}

type Show = ReturnType<typeof progressLine>['show']

async function deleteAll(caches: OpenedCaches, patterns: string[], names: string[], show: Show): Promise<number> {
  let count = 0
  for (const { backend, keysFrom } of chosenCaches(caches, names)) {
    for (const pattern of patterns) {
      const step = keysFrom + pattern
      show({ step: `looking for ${step}`, done: 0, total: 0 })
      count += await deleteMatching(backend, step, (done, total) => show({ step: `deleting ${step}`, done, total }))
      await ensureDone(backend)
    }
  }
  return count
}
