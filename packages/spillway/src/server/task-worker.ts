/**
 * One process that runs tasks. The supervisor starts it, hears when it is ready, and ends it: with SIGTERM when the
 * program stops, with SIGHUP when another worker has taken its place.
 *
 * Run as `bun task-worker.ts <app>`; everything else comes from the environment.
 *
 * @module
 */
import { type Part, startParts } from '../foundation/index.ts'
import { Schedules, type Task, type TaskQueues, TaskWorker, WorkerBeats } from '../tasks/index.ts'
import { pagePipeline } from './page-pipeline.ts'
import { visitor } from './page-visits.ts'
import { allSchedules, cleanUpTask, queueNames, warmTask } from './platform-tasks.ts'
import { openShared } from './shared-parts.ts'
import { tellSupervisor } from './worker-messages.ts'
import { runWorkerProcess, type WorkerRole, type WorkerStart } from './worker-process.ts'

/** Before that a new release may still hear of earlier changes, which would void what is warm. */
const warmAfterMs = 2_000

/** However short its tasks are, a process lives this long: starting one costs a second of a processor. */
const livesMs = 10_000

class TaskProcess implements WorkerRole {
  readonly #given: WorkerStart
  readonly #startedAtMs = performance.now()
  #stopTimeoutMs = 0
  #leaving: Promise<void> | undefined
  #stopParts: (() => Promise<void>) | undefined
  #takeTasks: () => Promise<void> = async () => undefined

  constructor(given: WorkerStart) {
    this.#given = given
  }

  async start(): Promise<void> {
    const { app, settings, release, logger } = this.#given
    const shared = await openShared(this.#given, 'tasks')
    const { queues } = shared
    if (!queues) return
    const pipeline = pagePipeline(this.#given, shared, () => true)
    const warm = warmTask(app, visitor(pipeline))
    const cleanUp = cleanUpTask(app)
    const schedules = allSchedules(app, settings, { warm, cleanUp })
    // Each has an input of its own.
    const own = [warm, cleanUp] as unknown as Task[]
    const worker = new TaskWorker({
      queues,
      tasks: [...app.tasks, ...own],
      only: settings.TASK_QUEUES.length > 0 ? settings.TASK_QUEUES : queueNames(app),
      concurrency: settings.TASK_CONCURRENCY,
      database: app.databases[0],
      logger,
      onReport: this.#countTasks(),
    })
    const ticker = new Schedules({ queues, schedules, logger })
    this.#stopParts = await startParts([
      ...shared.parts,
      startingPart(own, queues),
      new WorkerBeats({ queues, worker, process: { release }, logger }),
      {
        name: 'task worker',
        // Not before the supervisor has heard that this process is ready: it may be a task that ends it.
        start: async () => undefined,
        stop: () => worker.stop(this.#stopTimeoutMs),
      },
      { name: 'schedules', start: () => ticker.start(), stop: () => ticker.stop() },
    ])
    this.#takeTasks = async () => {
      await worker.start()
      await this.#warmRelease(warm)
    }
  }

  async work(): Promise<void> {
    if (!this.#leaving) await this.#takeTasks()
  }

  async retire(): Promise<void> {
    await this.#leave(this.#given.settings.SHUTDOWN_TIMEOUT_SECONDS)
  }

  async drain(_delaySeconds: number, timeoutSeconds: number): Promise<void> {
    await this.#leave(timeoutSeconds)
  }

  async #leave(timeoutSeconds: number): Promise<void> {
    this.#stopTimeoutMs = timeoutSeconds * 1_000
    this.#leaving ??= this.#stopParts?.() ?? Promise.resolve()
    await this.#leaving
    process.exit(0)
  }

  /** Once for each release, whichever worker is the first of it. */
  async #warmRelease(warm: ReturnType<typeof warmTask>): Promise<void> {
    const { app, settings, release, logger } = this.#given
    if (!settings.CACHE_WARMING) return
    for (const { name } of app.warmers) {
      const options = { idempotencyKey: `${release} ${name}`, delayMs: warmAfterMs }
      // The queue may come up after us, and what is cold is loaded by its first visitor.
      await warm.enqueue({ warmer: name }, options).catch((error: unknown) => {
        logger.warn({ warmer: name, err: error }, 'caches are not warmed for this release')
      })
    }
  }

  /** Asks to be replaced, once, after about as many tasks as settings say; by chance not all workers at once. */
  #countTasks(): () => void {
    const { MAX_TASKS_PER_WORKER: max } = this.#given.settings
    if (max === 0) return () => undefined
    const limit = Math.ceil(max * (0.9 + Math.random() * 0.2))
    let count = 0
    let isAsked = false
    return () => {
      count++
      if (isAsked || count < limit || performance.now() - this.#startedAtMs < livesMs) return
      isAsked = true
      tellSupervisor({ kind: 'recycle' })
    }
  }
}

function startingPart(tasks: readonly Task[], queues: TaskQueues): Part {
  return {
    name: 'tasks of the platform',
    start: async () => {
      for (const task of tasks) task.start(queues)
    },
    stop: async () => {
      for (const task of tasks) task.stop()
    },
  }
}

await runWorkerProcess('tasks', (given) => new TaskProcess(given))
