/** The app's tasks as a part of a process: from its start they can be enqueued. @module */
import type { App } from '../app.ts'
import type { Part } from '../foundation/index.ts'
import { deliverTasks, type TaskQueues } from '../tasks/index.ts'

/** Call it before the databases start: tasks that wait in their outboxes are handed over from there on. */
export function tasksPart({ tasks, databases }: App, queues: TaskQueues): Part {
  const takeBack = databases.map((database) => deliverTasks(database, queues, tasks))
  return {
    name: 'tasks',
    start: async () => {
      for (const task of tasks) task.start(queues)
    },
    stop: async () => {
      for (const task of tasks) task.stop()
      for (const handler of takeBack) handler()
      await queues.close()
    },
  }
}
