import { loadApp } from '../../server/load-app.ts'
import { appPathOf, type Command, parse } from '../command.ts'
import { runningSupervisor } from '../running-supervisor.ts'

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
