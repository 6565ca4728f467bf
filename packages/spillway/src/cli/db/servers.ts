/** The servers that a `db` command asks. @module */
import { SQL } from 'bun'
import { DatabaseUnreachableError } from '../../database/index.ts'
import { messageOf, type PlatformSettings, SpillwayError } from '../../foundation/index.ts'
import { UsageError } from '../command.ts'
import { red } from '../style.ts'
import { type Primary, withPrimary } from '../with-primary.ts'

export interface Server {
  /** `primary`, `replica-1`, … */
  name: string
  sql: SQL
}

/** Which of them: all, unless one role is named. */
export interface ServerChoice {
  primary?: boolean | undefined
  replica?: boolean | undefined
}

export const serverOptions = { primary: { type: 'boolean' }, replica: { type: 'boolean' } } as const

interface Address {
  name: string
  url: string
}

/**
 * Connects to the servers, does the work, and disconnects. A server that is away is told, and the others are asked.
 *
 * @returns the exit code: 1 when one of them could not be asked.
 */
export async function withServers(
  appPath: string,
  choice: ServerChoice,
  work: (servers: Server[]) => Promise<unknown>,
): Promise<number> {
  if (choice.primary && choice.replica) {
    throw new UsageError('--primary and --replica exclude each other.', 'Leave both out to ask every server.')
  }
  const ask = async ({ settings, primaryUrl, replicaUrls }: Primary) => {
    const replicas = replicaUrls.map((url, index) => ({ name: `replica-${index + 1}`, url }))
    const primary = { name: 'primary', url: primaryUrl }
    const addresses = [...(choice.replica ? [] : [primary]), ...(choice.primary ? [] : replicas)]
    const answers = await Promise.allSettled(addresses.map((address) => connect(address, settings)))
    const servers = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
    const failures = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []))
    try {
      if (servers.length === 0) throw failures[0] ?? noReplica()
      for (const failure of failures) console.error(`${red('Not asked')} ${messageOf(failure)}`)
      await work(servers)
      return failures.length > 0 ? 1 : 0
    } finally {
      await Promise.all(servers.map(({ sql }) => sql.close({ timeout: 0 })))
    }
  }
  return await withPrimary(appPath, ask, { whereNone: 'refuse' })
}

function noReplica(): SpillwayError {
  return new SpillwayError('NO_REPLICA', 'There is no replica to ask.', { hint: 'Leave --replica out.' })
}

/** What each server answers, with its name. */
export async function askEach<Answer>(servers: Server[], question: (sql: SQL) => Promise<Answer>) {
  return await Promise.all(servers.map(async ({ name, sql }) => ({ server: name, ...(await question(sql)) })))
}

async function connect({ name, url }: Address, settings: PlatformSettings): Promise<Server> {
  const sql = new SQL({
    url,
    max: 1,
    connectionTimeout: settings.DATABASE_CONNECT_TIMEOUT_SECONDS,
    prepare: !settings.DATABASE_PGBOUNCER,
    connection: { application_name: 'spillway db' },
  })
  try {
    await sql`select 1`
    return { name, sql }
  } catch (cause) {
    await sql.close({ timeout: 0 })
    throw new DatabaseUnreachableError(url, cause, name === 'primary' ? 'DATABASE_URL' : 'DATABASE_REPLICA_URLS')
  }
}
