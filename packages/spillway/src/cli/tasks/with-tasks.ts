/** For commands about the tasks of a fleet: opens its queues. @module */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { App } from '../../app.ts'
import { messageOf, type PlatformSettings, SpillwayError } from '../../foundation/index.ts'
import { loadApp } from '../../server/load-app.ts'
import { queueNames } from '../../server/platform-tasks.ts'
import { hasTasks, openTaskQueues, taskPlace } from '../../server/task-place.ts'
import type { TaskQueues } from '../../tasks/index.ts'
import { withPrimary } from '../with-primary.ts'

export const taskOptions = { app: { type: 'string' }, json: { type: 'boolean' } } as const

/** Another command about the same app, to be typed. */
export function about(app: string | undefined, command: string): string {
  return app === undefined ? command : `${command} --app ${app}`
}

export interface OpenedTasks {
  app: App
  settings: PlatformSettings
  queues: TaskQueues
  /** Of all queues of the app. */
  names: string[]
}

/** How long the queues' server may take for its first answer. */
const patienceMs = 5_000

/** @throws {SpillwayError} `NO_TASKS`, `TASKS_AWAY`, `NO_DATABASE`, `OTHER_APP`. */
export async function withTaskQueues<Result>(
  appPath: string | undefined,
  work: (tasks: OpenedTasks) => Promise<Result>,
): Promise<Result> {
  const path = appPath ?? '.'
  const app = await loadApp(path)
  const settings = app.readSettings(process.env)
  const place = taskPlace(app, settings)
  const isEmbedded = 'postgresUrl' in place && place.postgresUrl === undefined
  // One that is named may have its queues elsewhere, and nothing to do with this folder.
  if (isEmbedded || appPath === undefined) ensureOwner(settings, app)
  if (!hasTasks(app, settings)) {
    throw new SpillwayError('NO_TASKS', `The app ${app.name} has no tasks.`, { hint: 'Declare some: docs/tasks.md.' })
  }
  if (!isEmbedded) return await on({ app, appPath, settings }, work)
  return await withPrimary(
    path,
    ({ primaryUrl }) => on({ app, appPath, settings: { ...settings, DATABASE_URL: primaryUrl } }, work),
    {
      whereNone: 'refuse',
    },
  )
}

/** The app of the current folder need not be the one whose program was meant. */
function ensureOwner({ DATA_DIR }: PlatformSettings, { name }: App): void {
  const mark = join(DATA_DIR, 'app')
  const owner = existsSync(mark) ? readFileSync(mark, 'utf8').trim() : name
  if (owner === name) return
  throw new SpillwayError(
    'OTHER_APP',
    `DATA_DIR ${resolve(DATA_DIR)} belongs to the app "${owner}", not to "${name}".`,
    {
      hint: `Give the path of "${owner}" with --app, or set DATA_DIR to the one that "${name}" uses.`,
    },
  )
}

interface Named {
  app: App
  /** Unless it is the one of this folder. */
  appPath: string | undefined
  settings: PlatformSettings
}

async function on<Result>(
  { app, appPath, settings }: Named,
  work: (tasks: OpenedTasks) => Promise<Result>,
): Promise<Result> {
  const queues = await openTaskQueues(app, settings, { role: 'command' })
  try {
    await ensureReady(queues, appPath)
    return await work({ app, settings, queues, names: queueNames(app) })
  } finally {
    await queues.close()
  }
}

async function ensureReady(queues: TaskQueues, appPath = ''): Promise<void> {
  const migrate = `spillway migrate ${appPath}`.trimEnd()
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`no answer within ${patienceMs} ms`)), patienceMs)
  try {
    await Promise.race([queues.beats().read(), late.promise])
  } catch (cause) {
    throw new SpillwayError('TASKS_AWAY', `The queues (${queues.backend.place}) can't be read: ${messageOf(cause)}`, {
      hint: `See that the server runs and the settings are those of the fleet; \`${migrate}\` makes its tables.`,
      cause,
    })
  } finally {
    clearTimeout(timer)
  }
}
