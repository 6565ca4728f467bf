/**
 * An app is one value: everything that Spillway runs, as one role a process or all in one.
 *
 * @module
 */
import type { SQL } from 'bun'
import type { Hono } from 'hono'
import type { z } from 'zod'
import type { Caches, Warmer } from './cache/index.ts'
import type { Database } from './database/index.ts'
import {
  cacheSettings,
  databaseSettings,
  type PlatformSettings,
  platformSettings,
  readSettings,
  type SettingsSchema,
  SpillwayError,
} from './foundation/index.ts'
import type { PipelineOptions } from './http/index.ts'
import type { Schedule, Task } from './tasks/index.ts'

/** Long work that tells how far it is. */
export interface Progress {
  step: string
  done: number
  total: number
}

export interface SeedRun<Settings> {
  /** A client of the primary. */
  sql: SQL
  settings: Settings
  progress: (progress: Progress) => void
  /** Remove data that is there already. Without it, the seed throws `SEED_NOT_EMPTY` and leaves them as they are. */
  replace: boolean
}

export interface AppDefinition<Schema extends SettingsSchema> {
  /** Part of connection names and log lines: lower case, no spaces. */
  name: string
  /** Settings beside the platform's own. */
  settings?: Schema
  /** The main one first. Further ones have names, and settings by them: see `defineDatabase`. */
  databases: Database[]
  /** From `defineCaches`. Where they are shared is decided by settings: REDIS_URL, REDIS_NODES, or a file. */
  caches?: Caches
  /** From `warmer`: what is loaded before visitors ask for it. */
  warmers?: Warmer[]
  /** From `task`: what can be enqueued, and is run by task workers. */
  // biome-ignore lint/suspicious/noExplicitAny: each has an input of its own.
  tasks?: Task<any, any>[]
  /** From `schedule`: tasks that are enqueued by the clock. */
  schedules?: Schedule[]
  // biome-ignore lint/suspicious/noExplicitAny: the app's own bindings and variables are its own business.
  http: Hono<any>
  /** A page for people when something fails outside of `/api/`. */
  errorPage?: PipelineOptions['errorPage']
  /** Data to try the app with. A new embedded database gets them at the first start. */
  seed?: {
    description: string
    run(run: SeedRun<PlatformSettings & z.output<Schema>>): Promise<unknown>
  }
  /** Where people look first; printed at the start. */
  links?: { label: string; path: string }[]
}

export interface App {
  readonly name: string
  /** The platform's settings and the app's own. */
  readonly settingsSchema: SettingsSchema
  /** Names of the app's own: what it renders may depend on them. */
  readonly ownSettings: readonly string[]
  readonly databases: readonly Database[]
  readonly caches: Caches | undefined
  readonly warmers: readonly Warmer[]
  readonly tasks: readonly Task[]
  readonly schedules: readonly Schedule[]
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  readonly http: Hono<any>
  readonly errorPage: PipelineOptions['errorPage']
  readonly seed: { description: string; run(run: SeedRun<PlatformSettings>): Promise<unknown> } | undefined
  readonly links: readonly { label: string; path: string }[]
  /** Reads the settings of this app; throws one error that names every mistake. */
  readSettings(env: Record<string, string | undefined>): PlatformSettings
}

const noSettings = platformSettings.pick({})

/**
 * Defines an app; a module's default export is what `spillway start <folder>` runs.
 *
 * @throws {SpillwayError} `DATABASE_NAME_INVALID`, `WARMER_NAME_TAKEN`, `TASK_NAME_TAKEN`, `SCHEDULE_NAME_TAKEN`,
 * `SCHEDULE_TASK_UNLISTED`.
 * @example
 * export default defineApp({ name: 'hello', databases: [], http: new Hono().get('/', (c) => c.text('Hello')) })
 */
export function defineApp<Schema extends SettingsSchema = typeof noSettings>(definition: AppDefinition<Schema>): App {
  const {
    name,
    settings,
    databases,
    caches,
    warmers = [],
    tasks = [],
    schedules = [],
    http,
    errorPage,
    seed,
    links = [],
  } = definition
  ensureNamed(databases)
  ensureDistinct('WARMER_NAME_TAKEN', 'warmers', warmers)
  ensureDistinct('TASK_NAME_TAKEN', 'tasks', tasks)
  ensureDistinct('SCHEDULE_NAME_TAKEN', 'schedules', schedules)
  ensureListed(schedules, tasks)
  const settingsSchema = platformSettings
    .extend(Object.assign({}, ...databases.map((database) => databaseSettings(database.name))))
    .extend(Object.assign({}, ...[...(caches?.all.keys() ?? [])].map(cacheSettings)))
    .extend((settings ?? noSettings).shape)
  return {
    ownSettings: Object.keys(settings?.shape ?? {}),
    ...{ name, settingsSchema, databases, caches, warmers, tasks, schedules, http, errorPage, links },
    // The schema above is what `run` was typed by.
    seed: seed as App['seed'],
    readSettings: (env) => readSettings(settingsSchema, env) as PlatformSettings,
  }
}

/** Settings, tokens and migrations are kept by the name. */
function ensureNamed(databases: Database[]): void {
  const names = databases.map(({ name }) => name)
  const wrong = names.find((name, index) => !/^[a-z][a-z0-9_]*$/.test(name) || names.indexOf(name) !== index)
  if (wrong === undefined) return
  throw new SpillwayError('DATABASE_NAME_INVALID', `"${wrong}" can't be the name of a database of this app.`, {
    hint: 'Give each its own name in defineDatabase: lower case letters, digits and _, such as "analytics".',
  })
}

/** By the name a fleet knows what it is about. */
function ensureDistinct(code: string, what: string, named: readonly { name: string }[]): void {
  const names = named.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice === undefined) return
  throw new SpillwayError(code, `Two ${what} of this app are called "${twice}".`, { hint: 'Give each its own name.' })
}

/** A worker runs the tasks that it knows. */
function ensureListed(schedules: readonly Schedule[], tasks: readonly Task[]): void {
  const unlisted = schedules.find(({ task }) => !tasks.includes(task))
  if (!unlisted) return
  const message = `The schedule "${unlisted.name}" enqueues "${unlisted.task.name}", which no worker of this app knows.`
  throw new SpillwayError('SCHEDULE_TASK_UNLISTED', message, { hint: 'List the task under `tasks` in defineApp.' })
}

/** True for what `defineApp` returns. */
export function isApp(value: unknown): value is App {
  return typeof value === 'object' && value !== null && 'settingsSchema' in value && 'http' in value
}
