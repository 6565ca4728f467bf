/**
 * The process above all others: starts the engines, migrates, keeps the web workers running, and leaves nothing behind.
 *
 * @module
 */
import { randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { App, Progress } from '../app.ts'
import type { EmbeddedEvent } from '../embedded/index.ts'
import {
  type Lock,
  type Logger,
  messageOf,
  type PlatformSettings,
  SpillwayError,
  startTether,
  type Tether,
} from '../foundation/index.ts'
import { removeIfDamaged } from './cache-file.ts'
import { cachePlaces, nameOfPlace } from './cache-places.ts'
import { connectionWarnings } from './connection-warnings.ts'
import { claimDataDir, lockDataDir } from './data-dir.ts'
import { atPrimaries, databaseServers } from './database-servers.ts'
import { type Engines, startEngines } from './engines.ts'
import { Fleet } from './fleet.ts'
import { migrateAll, migrateTasks } from './migrating.ts'
import { ensurePortIsFree } from './port.ts'
import type { InCrashLoop } from './restart-policy.ts'
import { keptSecretKey } from './secret-key.ts'
import { seed } from './seeding.ts'
import { webWorkers } from './share-port.ts'
import { hasTasks, nameOfTaskPlace, taskConnections, taskPlace } from './task-place.ts'

/** What a start has come to, for whoever shows it to people. */
export type SupervisorEvent =
  | { kind: 'engines'; embedded: boolean; primaryUrl: string; replicaUrls: string[] }
  | { kind: 'database'; name: string; primaryUrl: string; replicaUrls: string[] }
  | { kind: 'cache'; caches: string[]; place: string }
  | { kind: 'embedded'; event: EmbeddedEvent }
  | { kind: 'migration'; name: string }
  | { kind: 'seed'; progress: Progress }
  | { kind: 'seeded' }
  | { kind: 'warning'; message: string }
  | { kind: 'tasks'; place: string }
  | { kind: 'ready'; workers: { role: string; size: number }[] }

export type Role = 'all' | 'web' | 'worker'

export interface SupervisorOptions {
  app: App
  /** The folder or file of the app, for the workers to load. */
  appPath: string
  settings: PlatformSettings
  logger: Logger
  onEvent: (event: SupervisorEvent) => void
  /** `web` or `worker` alone, for containers: no embedded engines, no migrations, no seed. */
  role: Role
}

/** Beyond their own deadline, for a farewell and for what a process needs to end. */
const stopMarginMs = 2_000

export class Supervisor {
  readonly #options: SupervisorOptions
  readonly #failed = Promise.withResolvers<never>()
  #lock: Lock | undefined
  #tether: Tether | undefined
  #engines: Engines | undefined
  #fleets: Fleet[] = []
  #starting: Promise<void> | undefined
  #stopping: Promise<void> | undefined

  constructor(options: SupervisorOptions) {
    this.#options = options
    // Rejects when something can't be kept running; a start that is being awaited hears of it by `race`.
    this.#failed.promise.catch(() => undefined)
  }

  /** Rejects with the reason when the program can't go on. */
  get failed(): Promise<never> {
    return this.#failed.promise
  }

  /** Brings everything up in order; on failure nothing is left running. */
  async start(): Promise<void> {
    try {
      this.#starting = this.#start()
      await Promise.race([this.#starting, this.#failed.promise])
    } catch (error) {
      await this.stop()
      throw error
    }
  }

  /** Replaces the workers one at a time, each new one ready before the old one leaves. */
  async reload(): Promise<void> {
    for (const fleet of this.#fleets) await fleet.reload()
  }

  /** Drains the workers, then stops the engines. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  /** Ends the workers at once; the engines still get their clean stop. */
  kill(): void {
    for (const fleet of this.#fleets) fleet.kill()
  }

  async #start(): Promise<void> {
    const { app, settings, role, onEvent } = this.#options
    if (role === 'all') {
      this.#lock = await lockDataDir(settings)
      await claimDataDir(settings.DATA_DIR, app.name)
    }
    if (role !== 'worker') await ensurePortIsFree(settings.HOST, settings.PORT)
    this.#tether = startTether()
    this.#ensureWanted()
    if (app.databases.length > 0 || this.#needsEmbeddedTasks()) await this.#startEngines()
    this.#ensureWanted()
    if (role === 'all' && this.#engines) await this.#prepareDatabases(this.#engines)
    if (role !== 'web') await this.#prepareTasks()
    this.#ensureWanted()
    this.#prepareCaches()
    await this.#startWorkers()
    this.#ensureWanted()
    onEvent({ kind: 'ready', workers: this.#fleets.map(({ role, size }) => ({ role, size })) })
  }

  async #startEngines(): Promise<void> {
    const { settings, onEvent } = this.#options
    this.#engines = await startEngines(settings, this.#tether!, (event) => onEvent({ kind: 'embedded', event }))
    const { embedded, primaryUrl, replicaUrls } = this.#engines
    embedded?.failed.catch((error: unknown) => this.#failed.reject(error))
    onEvent({ kind: 'engines', embedded: Boolean(embedded), primaryUrl, replicaUrls })
    for (const { database, isGiven, ...servers } of databaseServers(this.#options.app, settings, this.#engines)) {
      if (isGiven) onEvent({ kind: 'database', name: database.name, ...servers })
    }
  }

  #needsEmbeddedTasks(): boolean {
    const { app, settings, role } = this.#options
    const place = taskPlace(app, settings)
    return role === 'all' && hasTasks(app, settings) && 'postgresUrl' in place && place.postgresUrl === undefined
  }

  /** A stop may come at any step of the start; what is not begun yet stays so. */
  #ensureWanted(): void {
    if (this.#stopping) throw new SpillwayError('STOPPED', 'Stopped before it was ready.')
  }

  async #prepareDatabases(engines: Engines): Promise<void> {
    const { app, settings, onEvent } = this.#options
    const databases = await atPrimaries(databaseServers(app, settings, engines))
    await migrateAll(databases, (name) => onEvent({ kind: 'migration', name }))
    const sizes = this.#sizes()
    const warnings = await connectionWarnings(databases, settings, {
      count: sizes.web + sizes.task,
      tasks: await taskConnections(app, { ...settings, DATABASE_URL: engines.primaryUrl }, sizes),
    })
    for (const message of warnings) onEvent({ kind: 'warning', message })
    if (engines.embedded && app.seed) await this.#seedOnce(engines.primaryUrl)
  }

  async #prepareTasks(): Promise<void> {
    const { app, settings, role, onEvent } = this.#options
    if (!hasTasks(app, settings)) return
    const place = taskPlace(app, { ...settings, DATABASE_URL: this.#engines?.primaryUrl ?? settings.DATABASE_URL })
    if (role === 'all') await migrateTasks(place)
    onEvent({ kind: 'tasks', place: nameOfTaskPlace(place) })
  }

  /** With the lock of the folder, and before the workers: nobody else has the file open. */
  #prepareCaches(): void {
    const { app, settings, role, onEvent } = this.#options
    for (const { place, caches } of cachePlaces(app, settings)) {
      onEvent({ kind: 'cache', caches, place: nameOfPlace(place) })
      if (role !== 'all' || !('file' in place)) continue
      const damage = removeIfDamaged(place.file)
      if (damage === undefined) continue
      const message = `The cache file was damaged (${damage}) and is made anew: what it held is loaded again.`
      onEvent({ kind: 'warning', message })
    }
  }

  /** Demo data are for a new embedded database: once they were there, removing them is the owner's right. */
  async #seedOnce(primaryUrl: string): Promise<void> {
    const { app, settings, onEvent } = this.#options
    const mark = Bun.file(join(settings.DATA_DIR, 'seeded'))
    if (await mark.exists()) return
    try {
      await seed(app, settings, primaryUrl, { onProgress: (progress) => onEvent({ kind: 'seed', progress }) })
      onEvent({ kind: 'seeded' })
    } catch (error) {
      // Somebody's data are there already: they stay as they are.
      if (!(error instanceof SpillwayError && error.code === 'SEED_NOT_EMPTY')) throw error
    }
    await mark.write(new Date().toISOString())
  }

  async #secretKey(): Promise<string> {
    const { settings, role, onEvent } = this.#options
    if (settings.SECRET_KEY) return settings.SECRET_KEY
    if (role === 'all') return await keptSecretKey(settings.DATA_DIR)
    const message = 'SECRET_KEY is unset, so one was made for this run: other machines and the next run have others.'
    onEvent({ kind: 'warning', message })
    return randomBytes(32).toString('hex')
  }

  async #startWorkers(): Promise<void> {
    const env = workerEnvironment(this.#engines, await this.#secretKey())
    const sizes = this.#sizes()
    this.#fleets = [
      this.#fleet('web', './web-worker.ts', sizes.web, env, 'give up'),
      // A task that kills its workers must not take down the web.
      this.#fleet('task', './task-worker.ts', sizes.task, env, 'go on'),
    ].filter(({ size }) => size > 0)
    await Promise.all(this.#fleets.map((fleet) => fleet.start()))
  }

  #fleet(
    role: string,
    module: string,
    size: number,
    env: Record<string, string | undefined>,
    inCrashLoop: InCrashLoop,
  ): Fleet {
    const { appPath, settings, logger } = this.#options
    const script = fileURLToPath(new URL(module, import.meta.url))
    return new Fleet({
      ...{ role, size, env, logger, inCrashLoop },
      // Settings are read once, here: a worker that read .env again could disagree with its siblings.
      command: [process.execPath, '--no-env-file', script, resolve(appPath)],
      tether: this.#tether!,
      stopTimeoutMs: (settings.DRAIN_DELAY_SECONDS + settings.SHUTDOWN_TIMEOUT_SECONDS) * 1_000 + stopMarginMs,
      onGiveUp: (error) => this.#failed.reject(error),
    })
  }

  /** How many processes of each kind this program runs. */
  #sizes(): { web: number; task: number } {
    const { app, settings, role } = this.#options
    const wanted = hasTasks(app, settings) ? settings.TASK_WORKERS : 0
    if (role === 'worker') return { web: 0, task: Math.max(1, wanted) }
    return { web: webWorkers(settings), task: role === 'web' ? 0 : wanted }
  }

  async #stop(): Promise<void> {
    await this.#stopParts()
    // A start under way fails now at its next step; what it had begun until then is stopped as well.
    await this.#starting?.catch(() => undefined)
    await this.#stopParts()
    this.#lock?.release()
  }

  /** What can't be stopped is said; the rest still gets its turn. */
  async #stopParts(): Promise<void> {
    const attempt = async (what: string, work: Promise<void> | undefined) => {
      await work?.catch((error: unknown) =>
        this.#options.logger.error({ what, error: messageOf(error) }, 'stopping failed'),
      )
    }
    await Promise.all(this.#fleets.map((fleet) => attempt(`${fleet.role} workers`, fleet.stop())))
    this.#fleets = []
    await attempt('engines', this.#engines?.stop())
    this.#engines = undefined
    await attempt('tether', this.#tether?.stop())
    this.#tether = undefined
  }
}

/** Ours, with what was decided here. A `*_FILE` that was read already would contradict it. */
function workerEnvironment(engines: Engines | undefined, secretKey: string): Record<string, string | undefined> {
  const decided: Record<string, string> = { SECRET_KEY: secretKey }
  if (engines) {
    decided['DATABASE_URL'] = engines.primaryUrl
    decided['DATABASE_REPLICA_URLS'] = engines.replicaUrls.join(',')
  }
  const files = Object.keys(decided).map((name) => [`${name}_FILE`, undefined])
  return { ...process.env, ...decided, ...Object.fromEntries(files) }
}
