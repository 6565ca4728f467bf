/** What runs in a thread: it loads the module of a task, and runs its handler. @module */
import { createLogger, SpillwayError } from '../../foundation/index.ts'
import { TaskUsageError } from '../errors.ts'
import { jsonOf } from '../storable.ts'
import { Task } from '../task.ts'
import type { TaskContext } from '../task-context.ts'
import { mayPass } from './may-pass.ts'
import type { ThreadAnswer, ThreadLine, ThreadWork } from './threads.ts'

declare const self: Worker

self.onmessage = async ({ data }: MessageEvent<ThreadWork>) => {
  let task: Task | undefined
  try {
    task = await taskIn(data)
    const result = jsonOf(`The result of the task "${task.name}"`, await task.handler(data.input, contextOf(data)))
    answer({ kind: 'completed', result: result === undefined ? undefined : JSON.parse(result) })
  } catch (error) {
    answer({ kind: 'failed', error: plain(error), mayPass: task !== undefined && mayPass(task.retry, error) })
  }
}

/** A class doesn't come through, and a field may hold what can't. */
function plain(error: unknown): { name: string; message: string; stack?: string } {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) }
  const { name, message, stack } = error
  return { name: String(name), message: String(message), ...(stack !== undefined && { stack: String(stack) }) }
}

function answer(message: ThreadAnswer): void {
  self.postMessage(message)
}

async function taskIn({ module, task: name }: ThreadWork): Promise<Task> {
  const exported: Record<string, unknown> = await import(module)
  const task = Object.values(exported).find((value) => value instanceof Task && value.name === name)
  if (task) return task as Task
  throw new SpillwayError('TASK_NOT_EXPORTED', `${module} exports no task "${name}".`, {
    hint: 'Export the task from the module whose import.meta.url it has as `thread`.',
  })
}

function contextOf({ task, id, attempt, isLastAttempt, scheduledFor, logLevel }: ThreadWork): TaskContext {
  return {
    ...{ id, attempt, isLastAttempt },
    ...(scheduledFor && { scheduledFor }),
    // The thread is ended whole.
    signal: new AbortController().signal,
    logger: createLogger('task thread', logLevel, {
      write: (text) => answer({ kind: 'line', id, line: lineOf(text) }),
    }),
    progress: async (value) => answer({ kind: 'progress', id, value }),
    once: () => {
      throw new TaskUsageError(
        `The task "${task}" used \`once\` in a thread, where there are no databases.`,
        'Let the thread compute, and enqueue a task without one for what is to be written.',
      )
    },
  }
}

/** The worker's logger says again when, where and for which task it was. */
function lineOf(text: string): ThreadLine {
  const { time: _, pid: __, role: ___, level, msg, ...fields } = JSON.parse(text)
  return { level, msg, fields }
}
