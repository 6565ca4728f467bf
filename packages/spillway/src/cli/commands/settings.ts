import { describeSettings } from '../../foundation/index.ts'
import { loadApp } from '../../server/load-app.ts'
import { appPathOf, type Command, parse } from '../command.ts'
import { bold, dim } from '../style.ts'

export const settings: Command = {
  name: 'settings',
  summary: 'show the effective settings, secrets masked',
  usage: `
spillway settings [app] [--json]

Settings come from the environment, from .env, and from files: NAME_FILE=/run/secrets/name reads NAME from that file.`,
  async run(args) {
    const { positionals, values } = parse('settings', { args, options: { json: { type: 'boolean' } } })
    const app = await loadApp(appPathOf(positionals))
    const rows = describeSettings(app.settingsSchema, process.env)
    if (values.json) {
      console.log(JSON.stringify(rows, null, 2))
      return 0
    }
    const width = Math.max(...rows.map(({ name }) => name.length))
    for (const { name, value, source, description } of rows) {
      const shown = value === '' ? dim('(unset)') : source === 'environment' ? bold(value) : value
      console.log(`${name.padEnd(width)}  ${shown}  ${dim(description)}`)
    }
    return 0
  },
}
