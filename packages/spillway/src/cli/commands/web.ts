import type { Command } from '../command.ts'
import { runSupervisor } from '../run-supervisor.ts'

export const web: Command = {
  name: 'web',
  summary: 'run the web role alone, for containers',
  usage: `
spillway web [app]

Needs DATABASE_URL. Migrations are not applied: run \`spillway migrate\` when deploying.`,
  run: (args) => runSupervisor('web', args),
}
