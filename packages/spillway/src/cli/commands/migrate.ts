import { allPending, migrateAll, migrateTasks } from '../../server/migrating.ts'
import { hasTasks, taskPlace } from '../../server/task-place.ts'
import { appPathOf, type Command, parse } from '../command.ts'
import { withPrimary } from '../with-primary.ts'

export const migrate: Command = {
  name: 'migrate',
  summary: 'apply the migrations that the database lacks',
  usage: `
spillway migrate [app] [--check] [--json]

  --check   change nothing; exit 1 when something is pending (for CI)`,
  async run(args) {
    const options = { check: { type: 'boolean' }, json: { type: 'boolean' } } as const
    const { positionals, values } = parse('migrate', { args, options })
    return await withPrimary(appPathOf(positionals), async ({ app, settings, primaryUrl, databases }) => {
      if (values.check) {
        const pending = await allPending(databases)
        if (values.json) console.log(JSON.stringify({ pending }))
        else console.log(pending.length === 0 ? 'Nothing is pending.' : `Pending: ${pending.join(', ')}`)
        return pending.length === 0 ? 0 : 1
      }
      const applied = await migrateAll(databases, (name) => values.json || console.log(`applying ${name} …`))
      if (hasTasks(app, settings)) await migrateTasks(taskPlace(app, { ...settings, DATABASE_URL: primaryUrl }))
      if (values.json) console.log(JSON.stringify({ applied }))
      else console.log(applied.length === 0 ? 'The database is up to date.' : `${applied.length} applied.`)
      return 0
    })
  },
}
