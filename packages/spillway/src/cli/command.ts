/** What a subcommand is. @module */
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { messageOf, SpillwayError } from '../foundation/index.ts'

export interface Command {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** Shown by `--help`: synopsis, options, an example. */
  readonly usage: string
  /** Where it does several things: what they are. Each is shown by a `--help` of its own. */
  readonly actions?: readonly Command[]
  /** @returns the exit code; 0 when it returns nothing. */
  run(args: string[]): Promise<number | undefined>
}

/** A command that does one of several things: `spillway tasks retry`. */
export function commandOf(
  actions: readonly Command[],
  { name, summary, notes }: Pick<Command, 'name' | 'summary'> & { notes: string },
): Command {
  const names = actions.map((action) => action.name)
  const width = Math.max(...names.map(({ length }) => length))
  const rows = actions.map((action) => `  ${action.name.padEnd(width)}   ${action.summary}`)
  return {
    ...{ name, summary, actions },
    usage: [
      `spillway ${name} ${names.join(' | ')}`,
      rows.join('\n'),
      notes.replace(/^\n/, ''),
      `Each takes --help: \`spillway ${name} ${names[0]} --help\`.`,
    ].join('\n\n'),
    async run([given, ...args]) {
      const action = actions.find(({ name }) => name === given)
      if (action) return await action.run(args)
      throw new UsageError(`Say ${either.format(names)}.`, `\`spillway ${name} --help\` shows how.`)
    },
  }
}

/** British, for no comma before the "or". */
const either = new Intl.ListFormat('en-GB', { type: 'disjunction' })

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
    const how = `\`spillway ${command} --help\` shows how it is used.`
    const unknown = /^Unknown option '(-[^']*)'/.exec(messageOf(error))?.[1]
    if (unknown === undefined) throw new UsageError(messageOf(error), how)
    const meant = alike(unknown.replace(/^-+/, ''), Object.keys(config.options ?? {}))
    throw new UsageError(`There is no option ${unknown}.`, meant ? `Did you mean --${meant}? ${how}` : how)
  }
}

/** Fewer letters in common would be chance. */
const alikeLetters = 3

/** The one that starts like what was given, for longest. */
function alike(given: string, names: string[]): string | undefined {
  const [best] = names
    .map((name) => ({ name, letters: lettersInCommon(given, name) }))
    .sort((one, other) => other.letters - one.letters)
  return best && best.letters >= alikeLetters ? best.name : undefined
}

function lettersInCommon(one: string, other: string): number {
  let count = 0
  while (count < one.length && one[count] === other[count]) count += 1
  return count
}

/** The app that a command is about: its argument, or the one of the current folder. */
export const appPathOf = (positionals: string[]): string => positionals[0] ?? '.'
