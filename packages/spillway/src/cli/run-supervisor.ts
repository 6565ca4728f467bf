/**
 * `start`, `web` and `worker`: runs the supervisor in the foreground, tells people what happens, and answers signals.
 *
 * @module
 */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { App } from '../app.ts'
import { findEmbeddedUrls } from '../embedded/index.ts'
import { createLogger, type PlatformSettings, placeOf, SpillwayError } from '../foundation/index.ts'
import { boardPath, hasBoard } from '../server/board-routes.ts'
import { loadApp } from '../server/load-app.ts'
import { ensureQueues, queueNames } from '../server/platform-tasks.ts'
import { keptSecretKey } from '../server/secret-key.ts'
import { type Role, Supervisor, type SupervisorEvent } from '../server/supervisor.ts'
import { hasTasks, taskPlace } from '../server/task-place.ts'
import { appPathOf, parse } from './command.ts'
import { hasTerminal, onRunnerGone } from './launcher.ts'
import { linksOf } from './links.ts'
import { progressLine } from './progress-line.ts'
import { isRunning } from './running-supervisor.ts'
import { bold, dim, green, yellow } from './style.ts'

/** A terminal's Ctrl-C reaches us twice, by itself and passed on by npm; only a later one means "now". */
const impatientAfterMs = 1_000

/** @returns the exit code, when everything has stopped. */
export async function runSupervisor(role: Role, args: string[]): Promise<number> {
  const { positionals } = parse(role === 'all' ? 'start' : role, { args })
  const appPath = appPathOf(positionals)
  const app = await loadApp(appPath)
  const isJoining = role === 'worker' && (await joinProgram(app))
  const settings = app.readSettings(process.env)
  if (role === 'worker' && !hasTasks(app, settings)) {
    throw new SpillwayError('NO_TASKS', `The app "${app.name}" has no tasks, so there is nothing for a worker to do.`, {
      hint: 'List tasks under `tasks` in defineApp.',
    })
  }
  ensureServers(role, app, settings)
  if (role !== 'web') ensureQueues(settings.TASK_QUEUES, queueNames(app))
  const logger = createLogger('supervisor', settings.LOG_LEVEL)
  const narrator = narrate(app, settings, { role, isJoining })
  const supervisor = new Supervisor({ app, appPath, settings, logger, role, onEvent: narrator.tell })
  const stopped = Promise.withResolvers<void>()
  answerSignals(supervisor, stopped.resolve)

  await Promise.race([supervisor.start(), stopped.promise])
  // Ends by a signal, or by what can't be kept running.
  await Promise.race([supervisor.failed, stopped.promise]).finally(() => supervisor.stop())
  console.log(dim('Stopped.'))
  return 0
}

/** Beside a program that runs here: with its key and its embedded PostgreSQL. @returns whether it has one for us. */
async function joinProgram(app: App): Promise<boolean> {
  const { DATABASE_URL, DATA_DIR, SECRET_KEY } = app.readSettings(process.env)
  // Without the file it was given its key, which we can't know.
  if (!SECRET_KEY && existsSync(join(DATA_DIR, 'secret-key')) && isRunning(DATA_DIR)) {
    process.env['SECRET_KEY'] = await keptSecretKey(DATA_DIR)
  }
  const urls = DATABASE_URL ? undefined : findEmbeddedUrls(DATA_DIR)
  if (!urls) return false
  process.env['DATABASE_URL'] = urls.primaryUrl
  process.env['DATABASE_REPLICA_URLS'] = urls.replicaUrls.join(',')
  return true
}

/** Those that `start` would bring. */
function ensureServers(role: Role, app: App, settings: PlatformSettings): void {
  if (role === 'all' || settings.DATABASE_URL) return
  const hasDatabases = app.databases.length > 0
  if (role === 'web') {
    if (!hasDatabases) return
    throw new SpillwayError('DATABASE_URL_MISSING', 'The web role alone needs a database to connect to.', {
      hint: 'Set DATABASE_URL, or use `spillway start`, which brings an embedded one.',
    })
  }
  const place = taskPlace(app, settings)
  if (!hasDatabases && ('redis' in place || place.postgresUrl)) return
  const ways = hasDatabases
    ? 'DATABASE_URL'
    : 'one of REDIS_TASKS_URL, TASKS_DATABASE_URL, REDIS_NODES, REDIS_URL and DATABASE_URL'
  const needs = hasDatabases ? 'need a database' : 'need the server of their queues'
  throw new SpillwayError(
    'DATABASE_URL_MISSING',
    `No program with an embedded PostgreSQL runs on DATA_DIR ${settings.DATA_DIR}, and workers ${needs}.`,
    { hint: `Start the program with \`npm start\` first, set DATA_DIR to the one that it uses, or set ${ways}.` },
  )
}

function answerSignals(supervisor: Supervisor, onStop: () => void): void {
  let firstAtMs = 0
  const stop = () => {
    if (firstAtMs === 0) {
      firstAtMs = performance.now()
      console.log(dim('\nDraining … (again to cut off)'))
      onStop()
    } else if (performance.now() - firstAtMs > impatientAfterMs) {
      supervisor.kill()
    }
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  onRunnerGone(stop)
  // One signal, two meanings: a terminal that was closed, and `kill -HUP`.
  const startedInTerminal = hasTerminal()
  process.on('SIGHUP', () => (startedInTerminal && !hasTerminal() ? stop() : void supervisor.reload()))
}

/** What has no place of its own is kept where `default` is. */
const isFirst = (caches: string[]) => caches.includes('default')

interface Told {
  role: Role
  /** The database is the embedded one of a program that runs already. */
  isJoining: boolean
}

function narrate(app: App, settings: PlatformSettings, { role, isJoining }: Told) {
  const line = progressLine()
  const startedAt = performance.now()
  const say = (what: string, text: string) => {
    line.end()
    console.log(`  ${what.padEnd(11)} ${text}`)
  }
  console.log(`${bold('Spillway')} ${app.name}`)

  const tell = (event: SupervisorEvent): void => {
    switch (event.kind) {
      case 'embedded':
        return say('postgres', dim(event.event.message))
      case 'engines': {
        const replicas = event.replicaUrls.map(placeOf).join(', ')
        const joined = isJoining ? 'PostgreSQL of the running program' : 'PostgreSQL given by DATABASE_URL'
        const source = event.embedded ? 'embedded PostgreSQL' : joined
        return say('database', `${source}, primary ${placeOf(event.primaryUrl)}${replicas && `, replica ${replicas}`}`)
      }
      case 'database': {
        const replicas = event.replicaUrls.map(placeOf).join(', ')
        return say(event.name, `PostgreSQL, primary ${placeOf(event.primaryUrl)}${replicas && `, replica ${replicas}`}`)
      }
      case 'cache':
        return say('cache', `${event.place}${isFirst(event.caches) ? '' : ` for ${event.caches.join(', ')}`}`)
      case 'tasks':
        return say('tasks', role === 'worker' ? `${event.place}, queues ${queues().join(', ')}` : event.place)
      case 'migration':
        return say('migration', event.name)
      case 'seed':
        return line.show(event.progress)
      case 'seeded':
        return say('demo data', app.seed?.description ?? 'in place')
      case 'warning':
        return say(yellow('warning'), event.message)
      case 'ready':
        return ready(event.workers)
    }
  }

  const ready = (fleets: { role: string; size: number }[]) => {
    for (const { role, size } of fleets) say(role, `${size} ${size === 1 ? 'worker' : 'workers'}`)
    console.log(`\n${green('Ready')} in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s\n`)
    if (role !== 'worker') links()
    const everything = `Ctrl-C stops everything. Data stays in ${settings.DATA_DIR}.`
    console.log(`  ${dim(role === 'all' ? everything : 'Ctrl-C stops these workers.')}\n`)
  }

  const queues = () => (settings.TASK_QUEUES.length > 0 ? settings.TASK_QUEUES : queueNames(app))

  const links = () => {
    const host = settings.HOST === '0.0.0.0' || settings.HOST === '::' ? 'localhost' : settings.HOST
    const board = hasTasks(app, settings) && hasBoard(settings) ? [{ label: 'Tasks', path: boardPath }] : []
    for (const { label, path } of [...linksOf(app), ...board, { label: 'Health', path: '/readyz' }]) {
      console.log(
        `  ${label.padEnd(11)} ${bold(`http://${host.includes(':') ? `[${host}]` : host}:${settings.PORT}${path}`)}`,
      )
    }
    console.log()
  }

  return { tell }
}
