import { type Command, parse } from '../command.ts'
import { runSupervisor } from '../run-supervisor.ts'

export const worker: Command = {
  name: 'worker',
  summary: 'run task workers alone, for containers or beside a program',
  usage: `
spillway worker [app] [--queues email,reports] [--processes n] [--concurrency n]

Works on all queues unless they are named. Where a program runs on DATA_DIR, it works with the embedded PostgreSQL and
the key of that one. Elsewhere it needs the queues' server (REDIS_TASKS_URL, TASKS_DATABASE_URL, REDIS_NODES, REDIS_URL
or DATABASE_URL) and the app's databases. Migrations are not applied: run \`spillway migrate\` when deploying.

--queues       the queues to work on (TASK_QUEUES)
--processes    how many processes (TASK_WORKERS)
--concurrency  tasks of one queue at once in each process (TASK_CONCURRENCY)`,
  run: async (args) => {
    const options = {
      queues: { type: 'string' },
      processes: { type: 'string' },
      concurrency: { type: 'string' },
    } as const
    const { values, positionals } = parse('worker', { args, options })
    // The settings check them, and the worker processes read them from the environment.
    if (values.queues !== undefined) process.env['TASK_QUEUES'] = values.queues
    if (values.processes !== undefined) process.env['TASK_WORKERS'] = values.processes
    if (values.concurrency !== undefined) process.env['TASK_CONCURRENCY'] = values.concurrency
    return await runSupervisor('worker', positionals)
  },
}
