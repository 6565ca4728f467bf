/**
 * Who is connected, who keeps a transaction open, and how far the replicas are.
 *
 * @module
 */
import type { SQL } from 'bun'
import { type InquiryOptions, inquire, seesAllStatistics } from './inquiry.ts'
import { maskLiterals } from './masked.ts'

export interface ConnectionGroup {
  applicationName: string
  /** `active`, `idle`, `idle in transaction`, …; `hidden` for lack of `pg_read_all_stats`. */
  state: string
  count: number
  /** Age of the oldest transaction among them. */
  oldestTransactionMs: number | null
}

export interface IdleTransaction {
  pid: number
  applicationName: string
  /** How long it has done nothing. */
  idleMs: number
  transactionMs: number
  /** Its last statement, values masked. */
  statement: string
  endWith: string
}

export interface Standby {
  name: string
  /** `streaming`, `catchup`, … */
  state: string
  /** Log written here and not yet replayed there. */
  lagBytes: number | null
  /** Time from a commit here until it can be read there; 0 when all is replayed. */
  lagSeconds: number | null
}

export interface ReplicationSlot {
  name: string
  active: boolean
  /** Log that is kept for it. */
  retainedBytes: number | null
  /** `reserved`, `extended`, `unreserved` or `lost`. */
  walStatus: string | null
}

export interface ConnectionReport {
  /** Of clients, in all databases. */
  used: number
  /** Open to ordinary users: `max_connections` less what is reserved. */
  available: number
  groups: ConnectionGroup[]
  idleTransactions: IdleTransaction[]
  standbys: Standby[]
  slots: ReplicationSlot[]
  /** Of a replica, how far it is itself; null on a primary. */
  replay: { lagBytes: number | null; lagSeconds: number } | null
  seesAll: boolean
}

export interface ConnectionOptions extends InquiryOptions {
  /** Transactions that have been idle for this long are listed. Default 10. */
  idleSeconds?: number
}

/** @example const { used, available, standbys } = await connections(sql, { idleSeconds: 30 }) */
export async function connections(
  sql: SQL,
  { idleSeconds = 10, ...options }: ConnectionOptions = {},
): Promise<ConnectionReport> {
  return await inquire(
    sql,
    async (tx) => {
      const [{ used, available, replay }] = await tx`
        select (select count(*)::int from pg_stat_activity where ${tx.unsafe(isClient)}) as used,
          current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
            - coalesce(current_setting('reserved_connections', true)::int, 0) as available,
          case when pg_is_in_recovery() then json_build_object(
            'lagBytes', pg_last_wal_receive_lsn() - pg_last_wal_replay_lsn(),
            'lagSeconds', case when pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() then 0
              else coalesce(extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()), 0) end
          ) end as replay`
      const groups: ConnectionGroup[] = await tx`
        select coalesce(application_name, '') as "applicationName", coalesce(state, 'hidden') as state, count(*)::int as count,
          (extract(epoch from clock_timestamp() - min(xact_start)) * 1000)::float8 as "oldestTransactionMs"
        from pg_stat_activity
        where (${tx.unsafe(isClient)}) and pid <> pg_backend_pid()
        group by 1, 2 order by 3 desc, 1, 2`
      const idle: IdleTransaction[] = await tx`
        select pid, application_name as "applicationName",
          (extract(epoch from clock_timestamp() - state_change) * 1000)::float8 as "idleMs",
          (extract(epoch from clock_timestamp() - xact_start) * 1000)::float8 as "transactionMs",
          query as statement, format('select pg_terminate_backend(%s)', pid) as "endWith"
        from pg_stat_activity
        where state in ('idle in transaction', 'idle in transaction (aborted)')
          and state_change <= clock_timestamp() - make_interval(secs => ${idleSeconds})
        order by state_change`
      return {
        ...{ used, available, replay },
        groups: [...groups],
        idleTransactions: idle.map((one) => ({ ...one, statement: maskLiterals(one.statement) })),
        standbys: [...((await tx.unsafe(standbys)) as Standby[])],
        slots: [...((await tx.unsafe(slots)) as ReplicationSlot[])],
        seesAll: await seesAllStatistics(tx),
      }
    },
    options,
  )
}

/** What a session is may be hidden from this user; the server's own processes have no database. */
const isClient = `backend_type = 'client backend' or (backend_type is null and datid is not null)`

/** A replica can have replicas of its own; there the log ends where it was replayed. */
const position = 'case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end'

/** `replay_lag` keeps its last value for a while, and is null for one that has had nothing to do. */
const standbys = `
  select application_name as name, coalesce(state, 'hidden') as state, (${position} - replay_lsn)::float8 as "lagBytes",
    case when replay_lsn >= ${position} then 0 else extract(epoch from replay_lag)::float8 end as "lagSeconds"
  from pg_stat_replication order by 1`

const slots = `
  select slot_name as name, active, (${position} - restart_lsn)::float8 as "retainedBytes", wal_status as "walStatus"
  from pg_replication_slots order by 1`
