/**
 * The `spillway` command: finds the subcommand, and turns errors into one clear message and exit code 1.
 *
 * @module
 */
import { messageOf, SpillwayError } from '../foundation/index.ts'
import { type Command, UsageError } from './command.ts'
import { cache } from './commands/cache.ts'
import { db } from './commands/db.ts'
import { embedded } from './commands/embedded.ts'
import { migrate } from './commands/migrate.ts'
import { reload } from './commands/reload.ts'
import { seed } from './commands/seed.ts'
import { settings } from './commands/settings.ts'
import { start } from './commands/start.ts'
import { tasks } from './commands/tasks.ts'
import { web } from './commands/web.ts'
import { worker } from './commands/worker.ts'
import { bold, dim, red } from './style.ts'

const commands: Command[] = [start, web, worker, migrate, seed, settings, db, cache, tasks, embedded, reload]

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    console.log(overview())
    return name === undefined ? 2 : 0
  }
  const command = commands.find((candidate) => candidate.name === name)
  if (!command) throw new UsageError(`There is no command "${name}".`, `\`spillway --help\` lists them.`)
  if (args.includes('--help') || args.includes('-h')) {
    const { summary, usage } = command.actions?.find(({ name }) => name === args[0]) ?? command
    console.log(`${summary}\n\n${aligned(usage.trim())}`)
    return 0
  }
  return (await command.run(args)) ?? 0
}

function overview(): string {
  const rows = commands.map(({ name, summary }) => `  ${name.padEnd(10)} ${dim(summary)}`)
  return [bold('spillway <command>'), '', ...rows, '', 'Each takes --help.'].join('\n')
}

/** The lines of the first paragraph stand behind "Usage: ". */
function aligned(usage: string): string {
  const [synopsis = '', ...paragraphs] = usage.split('\n\n')
  return [`Usage: ${synopsis.replaceAll('\n', '\n       ')}`, ...paragraphs].join('\n\n')
}

/** What was expected to go wrong is told without a stack; anything else is a bug, and its stack is the report. */
function report(error: unknown): void {
  if (error instanceof SpillwayError) {
    console.error(`${red('Error')} ${error.message}`)
    if (error.hint) console.error(error.hint)
  } else {
    console.error(`${red('Unexpected error')} ${messageOf(error)}`)
    if (error instanceof Error) console.error(dim(error.stack ?? ''))
  }
}

try {
  process.exit(await main(process.argv.slice(2)))
} catch (error) {
  report(error)
  process.exit(error instanceof UsageError ? 2 : 1)
}
