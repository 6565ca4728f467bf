/**
 * Who waits for whose lock.
 *
 * @module
 */
import type { SQL } from 'bun'
import { type InquiryOptions, inquire, seesAllStatistics } from './inquiry.ts'
import { maskLiterals } from './masked.ts'

export interface LockSession {
  /** 0 for a prepared transaction, which no session has. */
  pid: number
  applicationName: string
  user: string
  /** `active`, `idle in transaction`, … */
  state: string
  /** Its last statement, values masked; `idle in transaction` means that this one is over. */
  statement: string
  /** Age of its transaction. */
  transactionMs: number | null
  /** What it waits for; null for those who only block others. */
  waitsFor: LockWait | null
  /** Who it waits for: those who hold the lock, and those before it in the queue. */
  blockedBy: number[]
  /** The statement that ends it; null for what must not be ended so, such as the replay of a replica. */
  endWith: string | null
}

export interface LockWait {
  /** `ShareLock`, `AccessExclusiveLock`, …: the mode that was asked for. */
  mode: string
  /** `a row of orders`, `orders`, `advisory lock 42`, … */
  target: string
  waitingMs: number
}

export interface LockReport {
  /** Those who wait and those they wait for; empty when nobody waits. */
  sessions: LockSession[]
  /** Deadlocks that the server has broken in this database since `since`. */
  deadlocks: number
  /** Null when the counters were never reset. */
  since: Date | null
  /** False when statements of other users are hidden, for lack of `pg_read_all_stats`. */
  seesAll: boolean
}

/**
 * Everybody who waits for a lock, in any database of the server, and whoever stands in their way.
 *
 * @example
 * const { sessions } = await locks(sql)
 * for (const { session, waiting } of blockingTree(sessions)) console.log(session.pid, 'holds up', waiting.length)
 */
export async function locks(sql: SQL, options: InquiryOptions = {}): Promise<LockReport> {
  return await inquire(
    sql,
    async (tx) => {
      // pg_blocking_pids stops the lock manager for a moment, so only those who do wait are asked for.
      const sessions: LockSession[] = await tx`
        with waiting as materialized (
          select distinct on (l.pid) l.*, pg_blocking_pids(l.pid) as blocked_by
          from pg_locks l join pg_stat_activity a on a.pid = l.pid and a.leader_pid is null
          where not l.granted
        ), involved as (
          select pid from waiting union select unnest(blocked_by) from waiting
        )
        select i.pid, coalesce(a.application_name, '') as "applicationName", coalesce(a.usename, '') as user,
          coalesce(a.state, case i.pid when 0 then 'prepared transaction' else a.backend_type end, '') as state,
          coalesce(a.query, '') as statement,
          (extract(epoch from clock_timestamp() - a.xact_start) * 1000)::float8 as "transactionMs",
          case when w.pid is not null then json_build_object(
            'mode', w.mode,
            'target', ${tx.unsafe(target)},
            'waitingMs', extract(epoch from clock_timestamp() - coalesce(w.waitstart, a.state_change)) * 1000
          ) end as "waitsFor",
          coalesce((select array_agg(distinct blocker) from unnest(w.blocked_by) blocker), '{}') as "blockedBy",
          case when a.backend_type in ('client backend', 'autovacuum worker')
            then format('select pg_terminate_backend(%s)', i.pid) end as "endWith"
        from involved i join pg_database here on here.datname = current_database()
        left join pg_stat_activity a on a.pid = i.pid
        left join waiting w on w.pid = i.pid
        where i.pid = 0 or a.pid is not null
        order by a.xact_start, i.pid`
      const [{ deadlocks, since }] = await tx`
        select deadlocks::float8 as deadlocks, stats_reset as since from pg_stat_database where datname = current_database()`
      const masked = sessions.map((session) => ({ ...session, statement: maskLiterals(session.statement) }))
      return { sessions: masked, deadlocks, since, seesAll: await seesAllStatistics(tx) }
    },
    options,
  )
}

/**
 * In words. Who waits for a row waits for the transaction that changed it, and meanwhile holds the row's place in the
 * queue, which names the table. Names of another database's tables can't be had.
 */
const target = `
  case
    when w.locktype in ('relation', 'extend', 'page') and w.database = here.oid then w.relation::regclass::text
    when w.locktype = 'tuple' and w.database = here.oid then 'a row of ' || w.relation::regclass
    when w.locktype = 'transactionid' then coalesce(
      (select 'a row of ' || row_lock.relation::regclass from pg_locks row_lock
        where row_lock.pid = w.pid and row_lock.locktype = 'tuple' and row_lock.database = here.oid limit 1),
      'the end of a transaction')
    when w.locktype = 'advisory' then 'advisory lock ' ||
      case w.objsubid when 1 then (w.classid::bigint << 32 | w.objid::bigint)::text else w.classid || ', ' || w.objid end
    else w.locktype || coalesce(' in database ' || (select datname from pg_database where oid = w.database), '')
  end`

export interface BlockingNode {
  session: LockSession
  /** Those who wait for this one, each with those who wait for them. */
  waiting: BlockingNode[]
}

/**
 * The sessions as trees, each once: at the top who waits for nobody, below each those who can go on when it is done. In
 * a ring (a deadlock that the server has yet to break) somebody has to be the top.
 */
export function blockingTree(sessions: LockSession[]): BlockingNode[] {
  const unplaced = new Map(sessions.map((session) => [session.pid, { session, waiting: [] as BlockingNode[] }]))
  const trees: BlockingNode[] = []

  /** Level by level, so that each hangs below the nearest to the root of its cause, not below its neighbour in the queue. */
  const grow = (root: BlockingNode) => {
    unplaced.delete(root.session.pid)
    for (let level = [root]; level.length > 0; level = level.flatMap(({ waiting }) => waiting)) {
      for (const node of level) {
        node.waiting = [...unplaced.values()].filter(({ session }) => session.blockedBy.includes(node.session.pid))
        for (const { session } of node.waiting) unplaced.delete(session.pid)
      }
    }
    trees.push(root)
  }

  for (const node of unplaced.values()) if (node.session.blockedBy.length === 0) grow(node)
  for (const node of unplaced.values()) grow(node)
  return trees
}
