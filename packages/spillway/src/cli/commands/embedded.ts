import { findEmbeddedUrls } from '../../embedded/index.ts'
import { SpillwayError } from '../../foundation/index.ts'
import { loadApp } from '../../server/load-app.ts'
import { type Command, parse, UsageError } from '../command.ts'
import { sqlShell } from '../sql-shell.ts'

export const embedded: Command = {
  name: 'embedded',
  summary: 'connect to the embedded PostgreSQL of a running program',
  usage: `
spillway embedded url  [app] [--replica]            print its URL, for any client
spillway embedded psql [app] [--replica] [-c SQL]   open psql on it, or a simple prompt where psql is missing

  --replica   the streaming replica instead of the primary`,
  async run(args) {
    const options = { replica: { type: 'boolean' }, command: { type: 'string', short: 'c' } } as const
    const { positionals, values } = parse('embedded', { args, options })
    const [action, appPath = '.'] = positionals
    if (action !== 'url' && action !== 'psql') throw new UsageError('Say url or psql.', '`spillway embedded --help`')
    const url = await urlOf(appPath, values.replica ?? false)
    if (action === 'psql') return await sqlShell(url, values.command)
    console.log(url)
    return 0
  },
}

async function urlOf(appPath: string, replica: boolean): Promise<string> {
  const app = await loadApp(appPath)
  const { DATA_DIR } = app.readSettings(process.env)
  const urls = findEmbeddedUrls(DATA_DIR)
  if (!urls) {
    throw new SpillwayError('NOT_RUNNING', `No embedded PostgreSQL runs on DATA_DIR ${DATA_DIR}.`, {
      hint: 'Start the program with `npm start` first, or set DATA_DIR to the one that it uses.',
    })
  }
  const url = replica ? urls.replicaUrls[0] : urls.primaryUrl
  if (url) return url
  throw new SpillwayError('NO_REPLICA', 'It runs without a replica.', {
    hint: 'Set EMBEDDED_REPLICAS=1 and start again.',
  })
}
