/**
 * `start` and `web`: runs the supervisor in the foreground, tells people what happens, and answers signals.
 *
 * @module
 */

import type { App } from '../app.ts'
import { createLogger, type PlatformSettings, placeOf, SpillwayError } from '../foundation/index.ts'
import { loadApp } from '../server/load-app.ts'
import { Supervisor, type SupervisorEvent } from '../server/supervisor.ts'
import { appPathOf, parse } from './command.ts'
import { hasTerminal, onRunnerGone } from './launcher.ts'
import { progressLine } from './progress-line.ts'
import { bold, dim, green, yellow } from './style.ts'

/** A terminal's Ctrl-C reaches us twice, by itself and passed on by npm; only a later one means "now". */
const impatientAfterMs = 1_000

/** @returns the exit code, when everything has stopped. */
export async function runSupervisor(role: 'all' | 'web', args: string[]): Promise<number> {
  const { positionals } = parse(role === 'all' ? 'start' : 'web', { args })
  const appPath = appPathOf(positionals)
  const app = await loadApp(appPath)
  const settings = app.readSettings(process.env)
  if (role === 'web' && !settings.DATABASE_URL && app.databases.length > 0) {
    throw new SpillwayError('DATABASE_URL_MISSING', 'The web role alone needs a database to connect to.', {
      hint: 'Set DATABASE_URL, or use `spillway start`, which brings an embedded one.',
    })
  }
  const logger = createLogger('supervisor', settings.LOG_LEVEL)
  const narrator = narrate(app, settings)
  const supervisor = new Supervisor({ app, appPath, settings, logger, role, onEvent: narrator.tell })
  const stopped = Promise.withResolvers<void>()
  answerSignals(supervisor, stopped.resolve)

  await Promise.race([supervisor.start(), stopped.promise])
  // Ends by a signal, or by what can't be kept running.
  await Promise.race([supervisor.failed, stopped.promise]).finally(() => supervisor.stop())
  console.log(dim('Stopped.'))
  return 0
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

function narrate(app: App, settings: PlatformSettings) {
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
        const source = event.embedded ? 'embedded PostgreSQL' : 'PostgreSQL given by DATABASE_URL'
        return say('database', `${source}, primary ${placeOf(event.primaryUrl)}${replicas && `, replica ${replicas}`}`)
      }
      case 'database': {
        const replicas = event.replicaUrls.map(placeOf).join(', ')
        return say(event.name, `PostgreSQL, primary ${placeOf(event.primaryUrl)}${replicas && `, replica ${replicas}`}`)
      }
      case 'cache':
        return say('cache', `${event.place}${isFirst(event.caches) ? '' : ` for ${event.caches.join(', ')}`}`)
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

  const ready = (workers: number) => {
    say('web', `${workers} ${workers === 1 ? 'worker' : 'workers'}`)
    console.log(`\n${green('Ready')} in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s\n`)
    const host = settings.HOST === '0.0.0.0' || settings.HOST === '::' ? 'localhost' : settings.HOST
    const links = app.links.length > 0 ? app.links : [{ label: 'Web', path: '/' }]
    for (const { label, path } of [...links, { label: 'Health', path: '/readyz' }]) {
      console.log(
        `  ${label.padEnd(11)} ${bold(`http://${host.includes(':') ? `[${host}]` : host}:${settings.PORT}${path}`)}`,
      )
    }
    console.log(`\n  ${dim(`Ctrl-C stops everything. Data stays in ${settings.DATA_DIR}.`)}\n`)
  }

  return { tell }
}
