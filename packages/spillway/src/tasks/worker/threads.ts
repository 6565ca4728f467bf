/**
 * Threads for handlers that keep a processor busy: the process that started them goes on answering, and a handler that
 * doesn't end is ended.
 *
 * @module
 */
import type { Level } from 'pino'
import { SpillwayError } from '../../foundation/index.ts'
import { ThreadTaskError } from '../errors.ts'
import type { Task } from '../task.ts'
import type { TaskContext } from '../task-context.ts'

/** What a thread is told: load this module, find the task, run it. */
export interface ThreadWork {
  module: string
  task: string
  input: unknown
  id: string
  attempt: number
  isLastAttempt: boolean
  scheduledFor: Date | undefined
  logLevel: string
}

/** What a handler has logged, as pino has it. */
export interface ThreadLine {
  level: Level
  msg: string | undefined
  fields: Record<string, unknown>
}

export type ThreadAnswer =
  | { kind: 'completed'; result: unknown }
  | { kind: 'failed'; error: { name: string; message: string; stack?: string }; mayPass: boolean }
  // These tell whose they are: an earlier task of the thread may have left something behind that goes on.
  | { kind: 'progress'; id: string; value: unknown }
  | { kind: 'line'; id: string; line: ThreadLine }

/** Idle threads that are kept for the next task; each holds its modules in memory. */
const idleMax = 4

export class TaskThreads {
  #idle: Worker[] = []

  async run(task: Task, input: unknown, context: TaskContext): Promise<unknown> {
    const thread = this.#idle.pop() ?? this.#started()
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    // Nothing but its end stops code that never pauses.
    const end = () => thread.terminate()
    const ended = () => reject(threadFailed(task, 'it ended'))
    context.signal.addEventListener('abort', end, { once: true })
    thread.onmessage = ({ data }: MessageEvent<ThreadAnswer>) => {
      if (data.kind === 'completed') resolve(data.result)
      // The value came from a handler of ours, which could give whatever JSON can hold.
      else if (data.kind === 'failed') reject(new ThreadTaskError({ ...data.error, mayPass: data.mayPass }))
      else if (data.id !== context.id) return
      else if (data.kind === 'line') context.logger[data.line.level](data.line.fields, data.line.msg)
      else void context.progress(data.value as never).catch(() => undefined)
    }
    thread.onerror = ({ message }) => reject(threadFailed(task, message))
    thread.addEventListener('close', ended)
    const { id, attempt, isLastAttempt, scheduledFor, logger } = context
    const told = { id, attempt, isLastAttempt, scheduledFor, logLevel: logger.level }
    try {
      thread.postMessage({ module: task.thread!, task: task.name, input, ...told } satisfies ThreadWork)
      const result = await promise
      this.#keep(thread)
      return result
    } catch (error) {
      thread.terminate()
      throw error
    } finally {
      context.signal.removeEventListener('abort', end)
      thread.removeEventListener('close', ended)
    }
  }

  stop(): void {
    for (const thread of this.#idle.splice(0)) thread.terminate()
  }

  #started(): Worker {
    const thread = new Worker(new URL('./thread.ts', import.meta.url).href)
    thread.addEventListener('close', () => this.#drop(thread))
    return thread
  }

  /** Without what it knows of its last task. */
  #keep(thread: Worker): void {
    if (this.#idle.length >= idleMax) return thread.terminate()
    this.#idle.push(thread)
    thread.onmessage = null
    // What a handler has left behind may end it later.
    thread.onerror = () => this.#drop(thread)
  }

  #drop(thread: Worker): void {
    this.#idle = this.#idle.filter((one) => one !== thread)
  }
}

function threadFailed({ name, thread }: Task, reason: string): SpillwayError {
  return new SpillwayError('TASK_THREAD_FAILED', `The thread of the task "${name}" failed: ${reason}`, {
    hint: `It loads ${thread}, which must export the task, and start nothing by itself.`,
  })
}
