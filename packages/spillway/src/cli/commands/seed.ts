import { migrateAll } from '../../server/migrating.ts'
import { seed as seedApp } from '../../server/seeding.ts'
import { appPathOf, type Command, parse } from '../command.ts'
import { progressLine } from '../progress-line.ts'
import { isRunning, runningSupervisor } from '../running-supervisor.ts'
import { withPrimary } from '../with-primary.ts'

export const seed: Command = {
  name: 'seed',
  summary: "fill the database with the app's demo data",
  usage: `
spillway seed [app] [--replace]

  --replace   remove the data that is there first; without it, existing data is an error

The migrations are applied before. How much data there is, the app's settings say.`,
  async run(args) {
    const { positionals, values } = parse('seed', { args, options: { replace: { type: 'boolean' } } })
    return await withPrimary(appPathOf(positionals), async ({ app, settings, primaryUrl, databases }) => {
      await migrateAll(databases)
      const line = progressLine()
      const startedAt = performance.now()
      await seedApp(app, settings, primaryUrl, { replace: values.replace ?? false, onProgress: line.show })
      line.end()
      if (isRunning(settings.DATA_DIR)) {
        process.kill(runningSupervisor(settings.DATA_DIR), 'SIGHUP')
        console.log('The running program replaces its workers, so that they forget the pages of before.')
      }
      console.log(`Demo data in place: ${((performance.now() - startedAt) / 1_000).toFixed(1)} s.`)
      return 0
    })
  },
}
