/**
 * A process that does nothing but fire schedules, for drills that kill or suspend it.
 *
 * Run as `bun schedule-process.ts <postgres|redis> <url> <app> <undisturbed | signal moment>`.
 *
 * @module
 */
import pg from 'pg'
import { createLogger } from '../src/foundation/index.ts'
import { PostgresTasks, RedisTasks, Schedules, TaskQueues } from '../src/tasks/index.ts'
import type { ScheduleLedger } from '../src/tasks/schedule/ledger.ts'
import { everySecond } from './schedule-tasks.ts'

const [kind, url = '', app = '', signal, moment] = process.argv.slice(2)

/** Does it to itself, once it has a tick to hand out. */
function struck(at: string): void {
  if (at === moment) process.kill(process.pid, signal as NodeJS.Signals)
}

class StruckQueues extends TaskQueues {
  override ledger(): ScheduleLedger {
    const ledger = super.ledger()
    return {
      read: () => ledger.read(),
      close: () => ledger.close(),
      move: async (decide) => {
        let isHandingOut = false
        await ledger.move(async (page) => {
          const move = await decide(page)
          isHandingOut = (move?.jobs.length ?? 0) > 0
          if (isHandingOut) struck('decided')
          isAdding = isHandingOut
          return move
        })
        isAdding = false
        if (isHandingOut) struck('written')
      },
    }
  }
}

/** On PostgreSQL tasks are added before the page is written: this comes between. */
let isAdding = false
const { query } = pg.Client.prototype
// biome-ignore lint/suspicious/noExplicitAny: whatever it is called with is passed on.
pg.Client.prototype.query = function (this: pg.Client, ...args: any[]): any {
  if (isAdding && args[0] === 'commit') struck('added')
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  return query.apply(this, args as any)
}

const backend =
  kind === 'redis'
    ? new RedisTasks({ url, prefix: 'test:' }, 'Redis')
    : new PostgresTasks({ url, applicationName: 'drill', place: 'PostgreSQL' })
const queues = new StruckQueues({ backend, app })
const logger = createLogger('drill', 'warn')
await new Schedules({ queues, schedules: [everySecond], logger }).start()
