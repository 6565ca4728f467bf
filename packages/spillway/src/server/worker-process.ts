/**
 * What worker processes of all roles have in common: they load the app, tell the supervisor how they are, and answer its
 * signals.
 *
 * @module
 */
import type { App } from '../app.ts'
import { createLogger, type Logger, messageOf, type PlatformSettings, platformSettings } from '../foundation/index.ts'
import { entryOf, loadApp } from './load-app.ts'
import { withRelease, withSettings } from './release.ts'
import { tellSupervisor } from './worker-messages.ts'

/** What a role makes of a process. */
export interface WorkerRole {
  start(): Promise<void>
  /** It has said that it is ready, and takes work from now on that may end the process. */
  work?(): Promise<void>
  /** Its successor is there. */
  retire(): Promise<void>
  /** The program stops: it may take new work for `delaySeconds`, and has `timeoutSeconds` for what it has then. */
  drain(delaySeconds: number, timeoutSeconds: number): Promise<void>
}

export interface WorkerStart {
  app: App
  settings: PlatformSettings
  /** Which code this is. */
  release: string
  logger: Logger
}

/** How long a worker may finish its work when its supervisor is gone. */
const orphanedSeconds = 3

/** Run as `bun <module> <app>`; everything else comes from the environment. */
export async function runWorkerProcess(role: string, open: (start: WorkerStart) => WorkerRole): Promise<void> {
  // Until the settings say which lines are wanted.
  let logger = createLogger(role, 'info')
  /** The state after an error that nobody caught is unknown: say it and let the supervisor start a new worker. */
  const fail = (error: unknown) => {
    logger.fatal({ err: error }, `${role} worker failed`)
    tellSupervisor({ kind: 'failed', message: messageOf(error) })
    process.exit(1)
  }
  process.on('uncaughtException', fail)
  process.on('unhandledRejection', fail)
  // The terminal's Ctrl-C is the supervisor's to answer: it drains its workers.
  process.on('SIGINT', () => undefined)
  try {
    const path = process.argv[2] ?? '.'
    const dataDir = platformSettings.shape.DATA_DIR.parse(process.env['DATA_DIR'])
    const { app, release } = await withRelease(entryOf(path), dataDir, () => loadApp(path))
    const settings = app.readSettings(process.env)
    logger = createLogger(role, settings.LOG_LEVEL)
    const worker = open({ app, settings, release: withSettings(release, app, settings), logger })
    process.on('SIGTERM', () => worker.drain(settings.DRAIN_DELAY_SECONDS, settings.SHUTDOWN_TIMEOUT_SECONDS))
    process.on('SIGHUP', () => worker.retire())
    // Without its supervisor a worker would never be stopped.
    process.on('disconnect', () => worker.drain(0, orphanedSeconds))
    await worker.start()
    tellSupervisor({ kind: 'ready' })
    await worker.work?.()
  } catch (error) {
    fail(error)
  }
}
