/** `spillway cache clear`: everything of some caches. @module */
import { type Command, parse } from '../command.ts'
import { printJson } from '../json.ts'
import { dim } from '../style.ts'
import { chosenCaches } from './chosen.ts'
import { cacheOptions, ensureDone, personal, withCaches } from './with-caches.ts'

export const clear: Command = {
  name: 'clear',
  summary: 'drop everything of some caches, or of all but sessions',
  usage: `
spillway cache clear [name | pages]…

  --app <path>   the app, if it isn't the one of this folder
  --json         the answer as data

Whoever loses the cache sessions is logged out, so only its name clears it.

Example: spillway cache clear pages`,
  run,
}

async function run(args: string[]): Promise<number> {
  const { positionals: names, values } = parse('cache clear', { args, options: cacheOptions })
  return await withCaches(values.app, async (caches) => {
    const chosen = chosenCaches(caches, names)
    const cleared = chosen.map(({ name }) => name)
    for (const one of chosen) {
      await one.clear()
      await ensureDone(one.backend)
    }
    if (values.json) printJson({ cleared })
    else {
      console.log(`Cleared in every process: ${cleared.join(', ')}.`)
      const isSpared = names.length === 0 && caches.app.caches?.all.has(personal)
      if (isSpared) console.log(dim(`${personal} stays: \`spillway cache clear ${personal}\` logs everybody out.`))
    }
    return 0
  })
}
