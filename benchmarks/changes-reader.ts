/** A process that hears what is changed and stands ready as the relay, as each process of an app does; given the primary's URL. */
import { defineDatabase } from 'spillway/database'
import { createLogger, platformSettings, readSettings } from 'spillway/foundation'
import { watched } from './changes-shop.ts'
import { repositoryFolder } from './paths.ts'

const database = defineDatabase({ schema: {}, migrations: repositoryFolder, watched })
database.changes.watch(() => undefined)
database.start({
  primaryUrl: process.argv[2]!,
  replicaUrls: [],
  applicationName: 'benchmark',
  settings: readSettings(platformSettings, { NODE_ENV: 'test' }),
  logger: createLogger('benchmark', 'warn'),
})
process.on('SIGTERM', () => void database.stop().then(() => process.exit(0)))
