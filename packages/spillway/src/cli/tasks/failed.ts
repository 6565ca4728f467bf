/** `spillway tasks failed`: the dead letters, or one of them. @module */
import { type DeadLetter, type DeadLetterDetails, DeadLetters } from '../../tasks/index.ts'
import { type Command, parse, UsageError } from '../command.ts'
import { wholeNumberOf } from '../db/numbers.ts'
import { printJson } from '../json.ts'
import { amount, moment, plural } from '../quantities.ts'
import { bold, dim, red } from '../style.ts'
import { type Column, table } from '../table.ts'
import { byIds, ensureIds } from './ids.ts'
import { about, taskOptions, withTaskQueues } from './with-tasks.ts'

const options = {
  ...taskOptions,
  queue: { type: 'string' },
  task: { type: 'string' },
  limit: { type: 'string' },
  offset: { type: 'string' },
} as const

export const failed: Command = {
  name: 'failed',
  summary: 'tasks that have failed for good: a list, or one with its input, error, stack and logs',
  usage: `
spillway tasks failed [--queue q] [--task t] [--limit 20] [--offset 0]
spillway tasks failed <id>

  --queue, --task       only those of a queue, of a task
  --limit, --offset     how many, and how many of the newest are left out
  --app <path>          the app, if it isn't the one of this folder
  --json                the answer as data

Example: spillway tasks failed --task orders.send-receipt`,
  run,
}

async function run(args: string[]): Promise<number> {
  const { positionals, values } = parse('tasks failed', { args, options })
  const { queue, task, json, app } = values
  const limit = wholeNumberOf('limit', values.limit, 20)
  const offset = wholeNumberOf('offset', values.offset, 0)
  const [id] = positionals
  ensureIds({ action: 'failed', ids: positionals, app })
  if (positionals.length > 1)
    throw new UsageError('Look at one failed task at a time.', 'Give one id, or none for a list.')
  return await withTaskQueues(app, async ({ app: { name: appName }, queues, names }) => {
    const letters = new DeadLetters(queues, names)
    if (id !== undefined) {
      const letter = await byIds({ action: 'failed', app }, () => letters.inspect(id))
      if (json) printJson(letter)
      else printOne(letter, app)
      return 0
    }
    const list = await letters.list({ queue, task, limit, offset })
    if (json) printJson({ failed: list })
    else printList(list, appName)
    return 0
  })
}

const columns: Column<DeadLetter>[] = [
  { title: 'failed', of: ({ failedAt }) => moment(failedAt) },
  { title: 'task', of: ({ task }) => task },
  { title: 'attempts', align: 'right', of: ({ attempts }) => amount(attempts) },
  { title: 'id', of: ({ id }) => id },
]

function printList(list: DeadLetter[], app: string): void {
  if (list.length === 0) return console.log(`No failed task of ${app} fits.`)
  console.log(table(list, columns, { below: ({ error }) => firstLine(error) }))
}

function printOne(letter: DeadLetterDetails, app: string | undefined): void {
  const { id, task, input, error, attempts, enqueuedAt, failedAt, priority, requestId, stacks, logs } = letter
  const came = requestId === undefined ? '' : `, in ${requestId}`
  console.log(
    [
      `${bold(task)}  ${id}`,
      `  enqueued ${moment(enqueuedAt)} with priority ${priority}${came}`,
      `  failed ${moment(failedAt)}, after ${plural(attempts, 'attempt')}`,
      `  input ${input === undefined ? dim('is forgotten, with its workflow') : JSON.stringify(input)}`,
      '',
      red(error),
      ...(stacks[0] === undefined ? [] : [dim(withoutMessage(stacks[0], error))]),
      ...(logs.length > 0 ? ['', ...logs] : []),
      '',
      dim(`Run it again: ${about(app, `spillway tasks retry ${id}`)}`),
    ].join('\n'),
  )
}

const firstLine = (text: string) => text.split('\n', 1)[0] ?? ''

/** It stands above it already. */
function withoutMessage(stack: string, message: string): string {
  const at = stack.indexOf(message)
  return at === -1 ? stack : stack.slice(at + message.length).replace(/^\n/, '')
}
