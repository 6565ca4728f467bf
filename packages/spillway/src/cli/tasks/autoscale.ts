/** `spillway tasks autoscale`: as many workers as there is work. @module */
import { hostname } from 'node:os'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLogger, type Logger } from '../../foundation/index.ts'
import { ensureQueues } from '../../server/platform-tasks.ts'
import {
  KubernetesDriver,
  autoscale as keepScaled,
  type Load,
  PrintDriver,
  ProcessesDriver,
  type Rules,
  type ScalingDriver,
  taskStatus,
} from '../../tasks/index.ts'
import { type Command, parse, UsageError } from '../command.ts'
import { type OpenedTasks, taskOptions, withTaskQueues } from './with-tasks.ts'

const options = {
  app: taskOptions.app,
  interval: { type: 'string', default: '30' },
  driver: { type: 'string', default: 'processes' },
  workload: { type: 'string' },
  namespace: { type: 'string' },
  min: { type: 'string' },
  max: { type: 'string' },
  queues: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
} as const

type Values = ReturnType<typeof parsed>['values']
const parsed = (args: string[]) => parse('tasks autoscale', { args, options })

export const autoscale: Command = {
  name: 'autoscale',
  summary: 'keep as many workers as there is work, until it is stopped',
  usage: `
spillway tasks autoscale [app] [--interval 30] [--min 3] [--max 20] [--queues q,…] [--dry-run]
                         [--driver processes | kubernetes | print] [--workload deployment/name] [--namespace n]

  --interval 30         seconds between two looks
  --min 3, --max 20     workers
  --queues q,…          only for these
  --dry-run             decide and tell, but change nothing
  --driver processes    start them here; \`kubernetes\` sets the replicas of a workload, \`print\` only tells
  --workload, --namespace
                        of kubernetes: what it scales, such as deployment/shop-workers, and where that is
  --app <path>          the app, if it isn't the one of this folder

Example: spillway tasks autoscale --driver kubernetes --workload deployment/shop-workers --max 50`,
  run,
}

async function run(args: string[]): Promise<number> {
  const { positionals, values } = parsed(args)
  const appPath = values.app ?? positionals[0]
  const intervalMs = wholeNumber('interval', values.interval) * 1_000
  return await withTaskQueues(appPath, async (tasks) => {
    const level = tasks.settings.LOG_LEVEL
    const logger = createLogger('autoscaler', level)
    const signal = stopSignal()
    const names = values.queues?.split(',').map((name) => name.trim()) ?? tasks.names
    ensureQueues(names, tasks.names)
    await keepScaled({
      ...{ intervalMs, logger, signal, rules: rulesIn(values), isDryRun: values['dry-run'] },
      observe: () => loadOf(tasks, names),
      driver: driverOf(values, tasks, appPath ?? '.', names, logger),
    })
    return 0
  })
}

function driverOf(
  { driver, workload, namespace, 'dry-run': isDryRun }: Values,
  { settings, queues }: OpenedTasks,
  appPath: string,
  names: string[],
  logger: Logger,
): ScalingDriver {
  if (driver === 'print') return new PrintDriver({ print: console.log })
  if (driver === 'kubernetes') {
    if (workload) return new KubernetesDriver({ workload, ...(namespace && { namespace }) })
    throw new UsageError('Which workload?', 'Give --workload deployment/shop-workers.')
  }
  if (driver !== 'processes') {
    throw new UsageError(`There is no driver "${driver}".`, 'Say --driver processes, kubernetes or print.')
  }
  if (isDryRun) return seen(async () => (await taskStatus(queues, names)).workers.length)
  const script = fileURLToPath(new URL('../../server/task-worker.ts', import.meta.url))
  const { DATABASE_URL, SHUTDOWN_TIMEOUT_SECONDS } = settings
  return new ProcessesDriver({
    command: [process.execPath, '--no-env-file', script, resolve(appPath)],
    env: { ...process.env, TASK_QUEUES: names.join(), ...(DATABASE_URL && { DATABASE_URL }) },
    drainTimeoutMs: (SHUTDOWN_TIMEOUT_SECONDS + 5) * 1_000,
    idOf: (pid) => `${hostname()}:${pid}`,
    logger,
  })
}

/** Those that run anyway, for a look at what it would do with them. */
function seen(current: () => Promise<number>): ScalingDriver {
  return { name: 'processes', current, scaleTo: async () => undefined, stop: async () => undefined }
}

async function loadOf({ queues, settings }: OpenedTasks, names: string[]): Promise<Load> {
  const status = await taskStatus(queues, names)
  const own = status.queues.filter(({ name }) => names.includes(name))
  const workers = status.workers.filter((worker) => worker.queues.some((queue) => names.includes(queue)))
  const sum = (of: (queue: (typeof own)[number]) => number) => own.reduce((total, queue) => total + of(queue), 0)
  return {
    waiting: sum(({ waiting }) => waiting),
    active: sum(({ active }) => active),
    oldestWaitingMs: Math.max(0, ...own.map(({ oldestWaitingMs }) => oldestWaitingMs ?? 0)),
    oldestActiveMs: Math.max(0, ...own.map(({ oldestActiveMs }) => oldestActiveMs ?? 0)),
    slotsPerWorker: settings.TASK_CONCURRENCY * names.length,
    workers: workers.map(({ host, pid, running, upMs, isDraining }) => ({
      ...{ id: `${host}:${pid}`, busy: running.length, isDraining },
      startedAtMs: Date.now() - upMs,
    })),
  }
}

function rulesIn({ min, max }: Values): Partial<Rules> {
  return {
    ...(min !== undefined && { min: wholeNumber('min', min) }),
    ...(max !== undefined && { max: wholeNumber('max', max) }),
  }
}

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,6}$/.test(text) && Number(text) > 0) return Number(text)
  throw new UsageError(`--${name} can't be "${text}".`, 'Give a whole number above zero.')
}

/** Aborted when somebody wants it to end. */
function stopSignal(): AbortSignal {
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort())
  return stopping.signal
}
