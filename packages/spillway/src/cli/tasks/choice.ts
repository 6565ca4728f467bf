/** Which dead letters a command is about: some by their ids, or all that fit. @module */
import type { DeadLetterChoice } from '../../tasks/index.ts'
import { parse, UsageError } from '../command.ts'
import { ensureIds } from './ids.ts'
import { taskOptions } from './with-tasks.ts'

const options = {
  ...taskOptions,
  all: { type: 'boolean' },
  queue: { type: 'string' },
  task: { type: 'string' },
  'older-than': { type: 'string' },
} as const

export type Chosen = { kind: 'ids'; ids: string[] } | { kind: 'all'; choice: DeadLetterChoice }

/** @throws {UsageError} unless it is clear what is meant. */
export function chosen(action: 'retry' | 'discard', args: string[]) {
  const { positionals: ids, values } = parse(`tasks ${action}`, { args, options })
  const { all, queue, task, 'older-than': olderThan, app, json = false } = values
  const hint = `\`spillway tasks ${action} --help\` shows how.`
  // As an unset variable of a shell leaves it.
  if ([...ids, queue, task].includes('')) throw new UsageError('An id or a name is empty.', hint)
  if (all && ids.length > 0) throw new UsageError('Ids and --all exclude each other.', hint)
  if (!all && ids.length === 0) throw new UsageError('Say which: ids of failed tasks, or --all.', hint)
  if (!all && (queue ?? task ?? olderThan) !== undefined) {
    throw new UsageError('--queue, --task and --older-than go with --all.', hint)
  }
  ensureIds({ action, ids, app })
  const olderThanMs = olderThan === undefined ? undefined : durationMs(olderThan)
  const which: Chosen = all ? { kind: 'all', choice: { queue, task, olderThanMs } } : { kind: 'ids', ids }
  return { which, app, json }
}

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

function durationMs(text: string): number {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? []
  if (count === undefined)
    throw new UsageError(`--older-than can't be "${text}".`, 'Give a time such as 90s, 12h or 7d.')
  // The expression lets no other unit through.
  return Number(count) * units[unit as keyof typeof units]
}
