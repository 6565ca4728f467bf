/**
 * Settings: one typed schema over environment variables, `.env` (which Bun reads) and `NAME_FILE` secrets.
 * Every mistake is reported at once, with what was expected and an example.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { messageOf, SpillwayError } from './errors.ts'
import { hostUrls } from './postgres-url.ts'

/** What a setting's `.meta()` may carry beside zod's own `description`. */
interface SettingMeta {
  description?: string
  /** Shown when the value is wrong. */
  example?: string
  /** Masked wherever settings are printed. */
  secret?: boolean
}

export type SettingsSchema = z.ZodObject<Record<string, z.ZodType>>

const flag = z
  .enum(['on', 'off', 'true', 'false', '1', '0'], { error: 'expected on or off' })
  .transform((value) => value === 'on' || value === 'true' || value === '1')

/** An on/off setting: `on`, `true`, `1` or `off`, `false`, `0`. */
export const onOff = (byDefault: boolean, meta: SettingMeta) =>
  flag.prefault(byDefault ? 'on' : 'off').meta({ example: 'on', ...meta })

/** A whole number between two bounds, with the unit in the setting's name. */
export const wholeNumber = (
  byDefault: number,
  { min = 0, max = 1e9, ...meta }: SettingMeta & { min?: number; max?: number },
) =>
  z.coerce
    .number({ error: `expected a whole number from ${min} to ${max}` })
    .int(`expected a whole number from ${min} to ${max}`)
    .min(min, `expected a whole number from ${min} to ${max}`)
    .max(max, `expected a whole number from ${min} to ${max}`)
    .prefault(byDefault)
    .meta({ example: String(byDefault), ...meta })

export const postgresUrl = z.string().refine((value) => hostUrls(value).length > 0, 'expected a PostgreSQL URL')

const listOf = <Item extends z.ZodType<string, string>>(item: Item) =>
  z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((url) => url.trim())
        .filter(Boolean),
    )
    .pipe(z.array(item))

export const postgresUrls = listOf(postgresUrl)

export const redisUrl = z
  .string()
  .regex(
    /^rediss?(-sentinel)?:\/\/[^\s/]+/,
    'expected redis://, rediss://, or redis-sentinel:// with the name of the master',
  )

/** The settings that every Spillway program has. Times and sizes carry their unit in the name. */
export const platformSettings = z.object({
  NODE_ENV: z
    .enum(['production', 'development', 'test'], { error: 'expected production, development or test' })
    .default('production')
    .meta({ description: 'development shows stacks in error pages', example: 'production' }),
  HOST: z.string().min(1).default('127.0.0.1').meta({ description: 'address to listen on', example: '0.0.0.0' }),
  PORT: wholeNumber(8000, { min: 1, max: 65_535, description: 'port of the web server' }),
  DATA_DIR: z
    .string()
    .min(1)
    .default('.spillway')
    .meta({ description: 'folder of the embedded engines', example: '/var/lib/shop' }),
  SECRET_KEY: z.string().min(16, 'expected at least 16 characters').optional().meta({
    description: 'signs what clients carry for us; unset, one is made and kept in DATA_DIR',
    example: '$(openssl rand -hex 32)',
    secret: true,
  }),
  WEB_WORKERS: wholeNumber(0, { max: 1024, description: 'web processes; 0 is one a core', example: '4' }),
  MAX_REQUESTS: wholeNumber(0, {
    description: 'replace a web worker after about this many requests; 0 is never',
    example: '1000000',
  }),
  TASK_WORKERS: wholeNumber(1, {
    max: 1024,
    description: 'processes that run tasks; 0 leaves them to `spillway worker`',
  }),
  TASK_CONCURRENCY: wholeNumber(8, {
    min: 1,
    max: 1_000,
    description: 'tasks of one queue that a task worker runs at once',
  }),
  TASK_QUEUES: listOf(z.string().regex(/^[a-z][\w-]*$/i, 'expected names of queues, comma separated')).meta({
    description: 'the queues that task workers here work on; unset, all',
    example: 'email,reports',
  }),
  MAX_TASKS_PER_WORKER: wholeNumber(1_000, {
    description: 'replace a task worker after about this many tasks; 0 is never',
  }),
  TIME_ZONE: z
    .string()
    .refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', 'expected a time zone')
    .default('UTC')
    .meta({ description: "where it is 2 o'clock when the platform cleans up", example: 'Asia/Seoul' }),
  DRAIN_DELAY_SECONDS: wholeNumber(0, {
    max: 600,
    description: 'serve on, not ready, before draining (for load balancers)',
    example: '5',
  }),
  SHUTDOWN_TIMEOUT_SECONDS: wholeNumber(10, {
    min: 1,
    max: 600,
    description: 'longest wait for requests and tasks under way at a stop',
  }),
  PAGE_CACHE: onOff(true, { description: 'the page cache in front of the routes' }),
  PAGE_CACHE_MB: wholeNumber(64, { min: 1, max: 65_536, description: 'its bound in each web worker, in MiB' }),
  CACHE: onOff(true, {
    description: 'the caches behind the routes; off, what they would remember is loaded each time',
  }),
  DATABASE_URL: postgresUrl.optional().meta({
    description:
      'the primary; with several hosts (`a:5432,b:5432`) the one that takes writes; unset starts the embedded PostgreSQL',
    example: 'postgres://user:password@db:5432/shop',
    secret: true,
  }),
  DATABASE_REPLICA_URLS: postgresUrls.meta({
    description: 'read replicas, comma separated',
    example: 'postgres://user:password@replica:5432/shop',
    secret: true,
  }),
  DATABASE_POOL_MAX: wholeNumber(10, { min: 1, max: 1000, description: 'connections a process opens to each server' }),
  DATABASE_ACQUIRE_TIMEOUT_MS: wholeNumber(2_000, { min: 1, description: 'longest wait for a connection' }),
  DATABASE_CONNECT_TIMEOUT_SECONDS: wholeNumber(5, { min: 1, max: 300, description: 'longest attempt to connect' }),
  DATABASE_STATEMENT_TIMEOUT_MS: wholeNumber(30_000, { description: 'longest statement; 0 is no limit' }),
  DATABASE_IDLE_TRANSACTION_TIMEOUT_MS: wholeNumber(60_000, {
    description: 'longest pause inside a transaction; 0 is no limit',
  }),
  DATABASE_IDLE_TIMEOUT_SECONDS: wholeNumber(600, { description: 'close connections idle for this long; 0 is never' }),
  DATABASE_MAX_LIFETIME_SECONDS: wholeNumber(3_600, { description: 'replace connections after this long; 0 is never' }),
  DATABASE_REPLICA_WAIT_MS: wholeNumber(10, {
    max: 10_000,
    description: 'longest wait for a replica to replay what its reader has written; then the primary answers',
  }),
  DATABASE_REPLICA_MAX_LAG_SECONDS: wholeNumber(30, {
    min: 1,
    description: 'a replica that is further behind gets no reads',
  }),
  SLOW_QUERY_MS: wholeNumber(1_000, {
    description: 'a query that takes this long is logged, its values masked; 0 is never',
    example: '200',
  }),
  DATABASE_PGBOUNCER: onOff(false, {
    description: 'behind PgBouncer in transaction mode: no named statements, no start-up parameters',
    example: 'on',
  }),
  REDIS_URL: redisUrl.optional().meta({
    description:
      'what caches share: one server, or Sentinels as `redis-sentinel://:password@a:26379,b:26379/mymaster`; unset, it is a file in DATA_DIR',
    example: 'redis://:password@redis:6379',
    secret: true,
  }),
  REDIS_NODES: listOf(redisUrl).meta({
    description: 'some nodes of a Redis Cluster in place of REDIS_URL, comma separated',
    example: 'redis://a:6379,redis://b:6379',
    secret: true,
  }),
  REDIS_PREFIX: z
    .string()
    .regex(/^[\w:.-]+$/, 'expected letters, digits and : . _ - only')
    .default('spillway:')
    .meta({ description: 'before all keys in Redis; the name of the app follows', example: 'staging:' }),
  REDIS_TASKS_URL: redisUrl.optional().meta({
    description: 'the Redis that tasks wait in; unset, it is REDIS_URL, and without that the PostgreSQL',
    example: 'redis://:password@redis-tasks:6379',
    secret: true,
  }),
  TASKS_DATABASE_URL: postgresUrl.optional().meta({
    description: 'the PostgreSQL that tasks wait in, when that is not DATABASE_URL; never through PgBouncer',
    example: 'postgres://user:password@db:5432/tasks',
    secret: true,
  }),
  CACHE_FILE_MB: wholeNumber(512, {
    min: 16,
    max: 1_048_576,
    description: 'bound of the file that caches share without Redis, in MiB',
  }),
  CDN_PURGE_URL: z
    .string()
    .regex(
      /^(cloudflare|fastly|cloudfront|varnish|nginx):\/\//,
      'expected cloudflare://, fastly://, cloudfront://, varnish:// or nginx://',
    )
    .optional()
    .meta({
      description: 'the CDN or proxy in front of this program, which is purged of what is invalidated',
      example: 'cloudflare://ZONE?token=TOKEN',
      secret: true,
    }),
  CACHE_WARMING: onOff(true, { description: "run the app's warmers at the start of a release, and again and again" }),
  EMBEDDED_REPLICAS: wholeNumber(1, { max: 8, description: 'streaming replicas of the embedded PostgreSQL' }),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
      error: 'expected trace, debug, info, warn, error or silent',
    })
    .default('info')
    .meta({ description: 'least important log line that is written', example: 'info' }),
})

export type PlatformSettings = z.output<typeof platformSettings>

type Environment = Record<string, string | undefined>

/**
 * Reads and checks settings.
 *
 * @throws {SpillwayError} `SETTINGS_INVALID`, naming every setting that is wrong.
 * @example
 * const settings = readSettings(platformSettings, { PORT: '8080' })
 */
export function readSettings<Schema extends SettingsSchema>(schema: Schema, env: Environment): z.output<Schema> {
  const mistakes: string[] = []
  const values: Environment = {}
  for (const name of Object.keys(schema.shape)) {
    try {
      values[name] = rawValue(name, env)
    } catch (error) {
      mistakes.push(`  ${name}: ${messageOf(error)}`)
    }
  }
  const result = schema.safeParse(values)
  for (const issue of result.error?.issues ?? []) {
    const name = String(issue.path[0])
    const meta = metaOf(schema.shape[name])
    const value = meta.secret ? '(secret)' : JSON.stringify(values[name])
    const example = meta.example ? `; for example ${name}=${meta.example}` : ''
    mistakes.push(`  ${name}: ${issue.message}, got ${value}${example}`)
  }
  if (mistakes.length > 0 || !result.success) {
    throw new SpillwayError('SETTINGS_INVALID', `${count(mistakes.length)} wrong:\n${mistakes.join('\n')}`, {
      hint: 'Correct them in the environment or in .env. docs/settings.md explains each.',
    })
  }
  return result.data
}

/** One row a setting, for people: its name, effective value (secrets masked), source and meaning. */
export function describeSettings(schema: SettingsSchema, env: Environment) {
  const values = readSettings(schema, env) as Record<string, unknown>
  return Object.entries(schema.shape).map(([name, type]) => {
    const meta = metaOf(type)
    const isSet = Boolean(env[name] || env[`${name}_FILE`])
    const value = values[name]
    const shown = shownValue(value)
    return {
      name,
      value: meta.secret && shown ? mask(shown) : shown,
      source: isSet ? ('environment' as const) : ('default' as const),
      description: meta.description ?? '',
      example: meta.example ?? '',
    }
  })
}

/** As one would write it. */
function shownValue(value: unknown): string {
  if (value === undefined) return ''
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value)
}

/** An empty variable counts as unset, as in most shells' `NAME= command`. */
function rawValue(name: string, env: Environment): string | undefined {
  const file = env[`${name}_FILE`]
  if (!file) return env[name] || undefined
  if (env[name]) throw new Error(`set ${name} or ${name}_FILE, not both`)
  try {
    return readFileSync(file, 'utf8').trim() || undefined
  } catch (cause) {
    throw new Error(`${name}_FILE cannot be read: ${messageOf(cause)}`, { cause })
  }
}

/** A URL keeps its place visible and loses its password and token; any other secret is hidden whole. */
function mask(value: string): string {
  const masked = value
    // Not at the commas between the hosts of one URL.
    .split(/,(?=\s*[a-z]+:\/\/)/i)
    .map((part) => (isUrl(part) ? withoutSecrets(part) : '•••'))
  return masked.join(', ')
}

function withoutSecrets(url: string): string {
  return url.replace(/\/\/([^:@/]*):[^@]*@/, '//$1:•••@').replace(/([?&]token=)[^&]*/gi, '$1•••')
}

function isUrl(text: string): boolean {
  return URL.canParse(text) || hostUrls(text).length > 0
}

function metaOf(type: z.ZodType | undefined): SettingMeta {
  return (type?.meta() ?? {}) as SettingMeta
}

function count(mistakes: number): string {
  return mistakes === 1 ? 'One setting is' : `${mistakes} settings are`
}
