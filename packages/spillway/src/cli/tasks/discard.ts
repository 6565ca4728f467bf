/** `spillway tasks discard`: failed tasks are forgotten. @module */

import { DeadLetters } from '../../tasks/index.ts'
import type { Command } from '../command.ts'
import { printJson } from '../json.ts'
import { plural } from '../quantities.ts'
import { chosen } from './choice.ts'
import { byIds } from './ids.ts'
import { withTaskQueues } from './with-tasks.ts'

export const discard: Command = {
  name: 'discard',
  summary: 'forget failed tasks',
  usage: `
spillway tasks discard <id>…
spillway tasks discard --all [--queue q] [--task t] [--older-than 7d]

  --all                 all that have failed until now
  --queue, --task       only those of a queue, of a task
  --older-than 7d       only those that failed so long ago; s, m, h or d
  --app <path>          the app, if it isn't the one of this folder
  --json                the answer as data

When one of several ids is wrong, none of them is touched.

Example: spillway tasks discard --all --older-than 7d`,
  run,
}

async function run(args: string[]): Promise<number> {
  const { which, app, json } = chosen('discard', args)
  return await withTaskQueues(app, async ({ queues, names }) => {
    const letters = new DeadLetters(queues, names)
    const discarded =
      which.kind === 'ids'
        ? await byIds({ action: 'discard', app }, () => letters.discard(which.ids))
        : await letters.discardAll(which.choice)
    if (json) printJson({ discarded })
    else console.log(discarded === 0 ? 'No failed task fits.' : `${plural(discarded, 'failed task')} discarded.`)
    return 0
  })
}
