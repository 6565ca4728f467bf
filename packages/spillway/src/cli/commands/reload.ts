import { acquireLock, LockHeldError, SpillwayError } from '../../foundation/index.ts'
import { loadApp } from '../../server/load-app.ts'
import { supervisorLock } from '../../server/supervisor.ts'
import { appPathOf, type Command, parse } from '../command.ts'

export const reload: Command = {
  name: 'reload',
  summary: 'replace the web workers of a running program one at a time',
  usage: `
spillway reload [app]

New code and settings from .env take effect without a failed request. The same as SIGHUP to the program.`,
  async run(args) {
    const { positionals } = parse('reload', { args })
    const app = await loadApp(appPathOf(positionals))
    const { DATA_DIR } = app.readSettings(process.env)
    const pid = runningSupervisor(DATA_DIR)
    process.kill(pid, 'SIGHUP')
    console.log(`Process ${pid} replaces its web workers.`)
    return 0
  },
}

/** The lock tells whether there is one: a pid in a file could be anybody's by now. */
function runningSupervisor(dataDir: string): number {
  try {
    acquireLock(supervisorLock(dataDir)).release()
  } catch (error) {
    if (error instanceof LockHeldError && error.holder) return error.holder.pid
    throw error
  }
  throw new SpillwayError('NOT_RUNNING', `Nothing runs on DATA_DIR ${dataDir}.`, {
    hint: 'Start it with `npm start`, or set DATA_DIR to the one that it uses.',
  })
}
