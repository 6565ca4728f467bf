import { clear } from '../cache/clear.ts'
import { invalidate } from '../cache/invalidate.ts'
import { stats } from '../cache/stats.ts'
import { warm } from '../cache/warm.ts'
import { type Command, UsageError } from '../command.ts'

const actions = new Map(Object.entries({ stats, invalidate, clear, warm }))

export const cache: Command = {
  name: 'cache',
  summary: 'look into the caches of a running fleet; invalidate, clear and warm them',
  usage: `
spillway cache stats                      hits, misses, loads and hot keys of all processes, and how full the tier is
    --watch                               again every few seconds, with what has changed since
spillway cache invalidate <tag>…          drop what carries one of the tags, in every process
    --soft                                the old value may be served while one caller loads the new one
    --pattern 'product:*'                 instead of tags: slow, walks over every key; * ? [a-z]; repeatable
    --cache <name>                        with --pattern, only there; without it everywhere but in sessions
spillway cache clear [name | pages]…      drop everything of these caches; without a name of all but sessions
spillway cache warm [warmer]…             run the app's warmers now; without a name all of them

  --app <path>   the app, if it isn't the one of this folder
  --json         the answer as data

The settings of the fleet lead to its shared tier: REDIS_URL or REDIS_NODES, else the file in DATA_DIR. Whoever
loses the cache sessions is logged out, so only its name clears it. Exit code 1 when something could not be done.`,
  async run([action = '', ...args]) {
    const act = actions.get(action)
    if (!act) throw new UsageError('Say stats, invalidate, clear or warm.', '`spillway cache --help` shows how.')
    return await act(args)
  },
}
