import { commandOf } from '../command.ts'
import { connections } from '../db/connections.ts'
import { explain } from '../db/explain.ts'
import { indexes } from '../db/indexes.ts'
import { locks } from '../db/locks.ts'
import { slow } from '../db/slow.ts'

export const db = commandOf([slow, locks, connections, indexes, explain], {
  name: 'db',
  summary: 'look into the database: slow statements, locks, connections, indexes, plans',
  notes: `
  --primary, --replica   ask only that; without them every server is asked
  --json                 the answer as data

An embedded database that doesn't run is started for the answer. Nothing is changed but by \`slow --reset\`; each
question has a time limit and waits for a lock for a second at most. Exit code 1 when a server could not be asked.`,
})
