import { type Command, UsageError } from '../command.ts'
import { connections } from '../db/connections.ts'
import { explain } from '../db/explain.ts'
import { indexes } from '../db/indexes.ts'
import { locks } from '../db/locks.ts'
import { slow } from '../db/slow.ts'

const questions = new Map(Object.entries({ slow, locks, connections, indexes, explain }))

export const db: Command = {
  name: 'db',
  summary: 'look into the database: slow statements, locks, connections, indexes, plans',
  usage: `
spillway db slow        [app]   statements by the time they took, from pg_stat_statements
    --sort total|mean|calls     what comes first (total)
    --limit 20   --min-ms 0     how many; only those that take this long on average
    --reset                     forget what was counted until now
spillway db locks       [app]   who waits for whom, and how to end it
spillway db connections [app]   who is connected, idle transactions, replication
    --idle-seconds 10           list transactions that have been idle for this long
spillway db indexes     [app]   duplicate, unused, invalid and missing ones, with the SQL to mend it
spillway db explain <sql | id of db slow> [app]
                                the plan, and what of it is dear
    --param 42 --param active   values for $1, $2 …; without them the plan is one for any values
    --analyze                   run it, read-only, and measure

  --primary, --replica   ask only that; without them every server is asked
  --json                 the answer as data

An embedded database that doesn't run is started for the answer. Nothing is changed but by --reset; each question has a
time limit and waits for a lock for a second at most. Exit code 1 when a server could not be asked.`,
  async run([question = '', ...args]) {
    const ask = questions.get(question)
    if (!ask)
      throw new UsageError('Say slow, locks, connections, indexes or explain.', '`spillway db --help` shows how.')
    return await ask(args)
  },
}
