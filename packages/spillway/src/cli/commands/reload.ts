import { loadApp } from '../../server/load-app.ts'
import { hasTasks } from '../../server/task-place.ts'
import { appPathOf, type Command, parse } from '../command.ts'
import { runningSupervisor } from '../running-supervisor.ts'

export const reload: Command = {
  name: 'reload',
  summary: 'replace the web and task workers of a running program one at a time',
  usage: `
spillway reload [app]

New code takes effect without a failed request or a lost task; settings stay those of the start. When the new code doesn't start, the
workers that run go on. The same as SIGHUP to the program, whose log tells how it went.`,
  async run(args) {
    const { positionals } = parse('reload', { args })
    const app = await loadApp(appPathOf(positionals))
    const settings = app.readSettings(process.env)
    const pid = runningSupervisor(settings.DATA_DIR)
    process.kill(pid, 'SIGHUP')
    console.log(`Process ${pid} replaces its ${hasTasks(app, settings) ? 'web and task workers' : 'web workers'}.`)
    return 0
  },
}
