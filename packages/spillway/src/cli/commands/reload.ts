import { loadApp } from '../../server/load-app.ts'
import { appPathOf, type Command, parse } from '../command.ts'
import { runningSupervisor } from '../running-supervisor.ts'

export const reload: Command = {
  name: 'reload',
  summary: 'replace the web workers of a running program one at a time',
  usage: `
spillway reload [app]

New code takes effect without a failed request; settings stay those of the start. When the new code doesn't start, the
workers that run go on. The same as SIGHUP to the program, whose log tells how it went.`,
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
