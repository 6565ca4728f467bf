import { commandOf } from '../command.ts'
import { autoscale } from '../tasks/autoscale.ts'
import { discard } from '../tasks/discard.ts'
import { failed } from '../tasks/failed.ts'
import { retry } from '../tasks/retry.ts'
import { status } from '../tasks/status.ts'

export const tasks = commandOf([status, failed, retry, discard, autoscale], {
  name: 'tasks',
  summary: 'look at queues, task workers and failed tasks; retry or discard them; scale workers',
  notes: `
  --app <path>   the app, if it isn't the one of this folder
  --json         the answer as data

The settings of the fleet lead to its queues: REDIS_TASKS_URL, TASKS_DATABASE_URL, REDIS_NODES, REDIS_URL or
DATABASE_URL, else the embedded database, which is started for the answer if it doesn't run.`,
})
