/** A process that works on the drill's tasks until it is killed, or its parent has gone. @module */
import { createLogger } from '../src/foundation/index.ts'
import { TaskQueues, TaskWorker } from '../src/tasks/index.ts'
import { type DrillBackend, openBackend } from './workflow-backends.ts'
import { tasks } from './workflow-tasks.ts'

const { backend, app }: { backend: DrillBackend; app: string } = JSON.parse(process.env['WORKER_OPTIONS']!)
const queues = new TaskQueues({ backend: openBackend(backend), app })
for (const task of tasks) task.start(queues)
// It works on them whatever their inputs are.
const all = tasks as unknown as ConstructorParameters<typeof TaskWorker>[0]['tasks']
await new TaskWorker({ queues, tasks: all, database: undefined, logger: createLogger('worker', 'silent') }).start()
process.stdin.on('end', () => process.exit()).resume()
