/** What a subcommand is. @module */
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { messageOf, SpillwayError } from '../foundation/index.ts'

export interface Command {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** Shown by `--help`. */
  readonly usage: string
  /** @returns the exit code; 0 when it returns nothing. */
  run(args: string[]): Promise<number | undefined>
}

/** The command line itself is wrong. Exit code 2. */
export class UsageError extends SpillwayError {
  constructor(message: string, hint: string) {
    super('USAGE', message, { hint })
  }
}

/** `parseArgs` of Node, whose complaints become a `UsageError`. */
export function parse<const Config extends ParseArgsConfig>(command: string, config: Config) {
  try {
    return parseArgs({ allowPositionals: true, ...config })
  } catch (error) {
    throw new UsageError(messageOf(error), `\`spillway ${command} --help\` shows how it is used.`)
  }
}

/** The app that a command is about: its argument, or the one of the current folder. */
export const appPathOf = (positionals: string[]): string => positionals[0] ?? '.'
