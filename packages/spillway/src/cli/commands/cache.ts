import { clear } from '../cache/clear.ts'
import { invalidate } from '../cache/invalidate.ts'
import { stats } from '../cache/stats.ts'
import { warm } from '../cache/warm.ts'
import { commandOf } from '../command.ts'

export const cache = commandOf([stats, invalidate, clear, warm], {
  name: 'cache',
  summary: 'look into the caches of a running fleet; invalidate, clear and warm them',
  notes: `
  --app <path>   the app, if it isn't the one of this folder
  --json         the answer as data

The settings of the fleet lead to its shared tier: REDIS_URL or REDIS_NODES, else the file in DATA_DIR. Exit code 1 when
something could not be done.`,
})
