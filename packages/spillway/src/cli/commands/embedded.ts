import { findEmbeddedUrls } from '../../embedded/index.ts'
import { SpillwayError } from '../../foundation/index.ts'
import { loadApp } from '../../server/load-app.ts'
import { type Command, parse, UsageError } from '../command.ts'
import { runningSupervisor } from '../running-supervisor.ts'
import { sqlShell } from '../sql-shell.ts'

export const embedded: Command = {
  name: 'embedded',
  summary: 'connect to the embedded PostgreSQL of a running program',
  usage: `
spillway embedded url  [app] [--replica]            print its URL, for any client
spillway embedded psql [app] [--replica] [-c SQL]…  open psql on it, or a simple prompt where psql is missing
spillway embedded stop [app]                        stop the program and its engines, as Ctrl-C does

  --replica   the streaming replica instead of the primary`,
  async run(args) {
    const options = { replica: { type: 'boolean' }, command: { type: 'string', short: 'c', multiple: true } } as const
    const { positionals, values } = parse('embedded', { args, options })
    const [action, appPath = '.'] = positionals
    const app = await loadApp(appPath)
    const { DATA_DIR } = app.readSettings(process.env)
    if (action === 'stop') return await stopProgram(DATA_DIR)
    if (action !== 'url' && action !== 'psql') {
      throw new UsageError('Say url, psql or stop.', '`spillway embedded --help` shows how.')
    }
    const url = urlOf(DATA_DIR, values.replica ?? false)
    if (action === 'psql') return await sqlShell(url, values.command)
    console.log(url)
    return 0
  },
}

async function stopProgram(dataDir: string): Promise<number> {
  const pid = runningSupervisor(dataDir)
  process.kill(pid, 'SIGTERM')
  while (isAlive(pid)) await Bun.sleep(50)
  console.log(`Process ${pid} has stopped.`)
  return 0
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    // No such process.
    return false
  }
}

function urlOf(dataDir: string, replica: boolean): string {
  const urls = findEmbeddedUrls(dataDir)
  if (!urls) {
    throw new SpillwayError('NOT_RUNNING', `No embedded PostgreSQL runs on DATA_DIR ${dataDir}.`, {
      hint: 'Start the program with `npm start` first, or set DATA_DIR to the one that it uses.',
    })
  }
  const url = replica ? urls.replicaUrls[0] : urls.primaryUrl
  if (url) return url
  throw new SpillwayError('NO_REPLICA', 'It runs without a replica.', {
    hint: 'Set EMBEDDED_REPLICAS=1 and start again.',
  })
}
