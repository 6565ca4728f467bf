import type { Command } from '../command.ts'
import { runSupervisor } from '../run-supervisor.ts'

export const start: Command = {
  name: 'start',
  summary: 'run everything: engines, migrations, web and task workers',
  usage: `
spillway start [app]

Starts the embedded PostgreSQL (unless DATABASE_URL is set), applies migrations, puts demo data into a new embedded
database, and runs the web and task workers. Ctrl-C drains and stops all of it; data stays in DATA_DIR.
SIGHUP, or \`spillway reload\`, replaces all of these workers without a failed request or a lost task.`,
  run: (args) => runSupervisor('all', args),
}
