/** `spillway tasks status`: queues, tasks and workers of a fleet. @module */
import { allSchedules, cleanUpTask, warmTask } from '../../server/platform-tasks.ts'
import { beatEveryMs, type Schedule, schedulesOf, taskStatus } from '../../tasks/index.ts'
import { type Command, parse, UsageError } from '../command.ts'
import { show } from '../watch.ts'
import { statusText } from './status-text.ts'
import { type OpenedTasks, taskOptions, withTaskQueues } from './with-tasks.ts'

export const status: Command = {
  name: 'status',
  summary: 'what waits and runs, how long it takes, and which workers are alive',
  usage: `
spillway tasks status [app]

  --watch        again every few seconds
  --app <path>   the app, if it isn't the one of this folder
  --json         the answer as data; with --watch a line for each look

Example: spillway tasks status --watch`,
  run,
}

async function run(args: string[]): Promise<number> {
  const options = { ...taskOptions, watch: { type: 'boolean' } } as const
  const { positionals, values } = parse('tasks status', { args, options })
  if (positionals.length > 1)
    throw new UsageError('status tells of one app.', '`spillway tasks status --help` shows how.')
  return await withTaskQueues(values.app ?? positionals[0], async (tasks) => {
    const schedules = schedulesIn(tasks)
    const look = async () => {
      const report = await reportOf(tasks, schedules)
      return { data: report, text: () => statusText(report) }
    }
    await show(look, { ...values, everyMs: beatEveryMs })
    return 0
  })
}

async function reportOf({ queues, names }: OpenedTasks, all: Schedule[]) {
  const { place } = queues.backend
  const [status, schedules] = await Promise.all([taskStatus(queues, names), schedulesOf(queues, all)])
  return { place, ...status, schedules }
}

/** Those of the platform as well. */
function schedulesIn({ app, settings }: OpenedTasks): Schedule[] {
  const warm = warmTask(app, () => Promise.reject(new Error('Nothing is run here.')))
  return allSchedules(app, settings, { warm, cleanUp: cleanUpTask(app) })
}
