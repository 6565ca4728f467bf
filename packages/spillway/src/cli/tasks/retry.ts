/** `spillway tasks retry`: failed tasks run once more. @module */

import { DeadLetters } from '../../tasks/index.ts'
import type { Command } from '../command.ts'
import { printJson } from '../json.ts'
import { plural } from '../quantities.ts'
import { chosen } from './choice.ts'
import { byIds } from './ids.ts'
import { withTaskQueues } from './with-tasks.ts'

export const retry: Command = {
  name: 'retry',
  summary: 'run failed tasks again, with all their attempts',
  usage: `
spillway tasks retry <id>…
spillway tasks retry --all [--queue q] [--task t] [--older-than 7d]

  --all                 all that have failed until now, the oldest first
  --queue, --task       only those of a queue, of a task
  --older-than 7d       only those that failed so long ago; s, m, h or d
  --app <path>          the app, if it isn't the one of this folder
  --json                the answer as data

When one of several ids is wrong, none of them is touched.

Example: spillway tasks retry --all --queue email`,
  run,
}

async function run(args: string[]): Promise<number> {
  const { which, app, json } = chosen('retry', args)
  return await withTaskQueues(app, async ({ queues, names }) => {
    const letters = new DeadLetters(queues, names)
    const retried =
      which.kind === 'ids'
        ? await byIds({ action: 'retry', app }, () => letters.retry(which.ids))
        : await letters.retryAll(which.choice)
    if (json) printJson({ retried })
    else console.log(retried === 0 ? 'No failed task fits.' : `${plural(retried, 'task')} will run again.`)
    return 0
  })
}
