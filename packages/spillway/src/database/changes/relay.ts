/**
 * The relay moves committed changes into the feed. One process at a time does it, under a lease; in each the relay
 * stands ready.
 *
 * Ids are given out before the commit, so their order is not the order of commits, and no reader could keep "the last
 * id". The relay takes whatever is committed, lowest id first, and numbers it anew: the feed's order is final. Changes
 * of one row keep theirs, because the second writer got its id after waiting for the first one's commit.
 *
 * @module
 */
import type { BackgroundConnection } from '../background/connection.ts'
import { everyTable } from './decode.ts'
import type { Lease } from './lease.ts'
import type { ChangeLogLimits } from './limits.ts'

interface Moved extends Record<string, unknown> {
  taken: number
  last_id: number
  limit: number
}

const pruneIntervalMs = 10_000

/**
 * One statement, so one transaction: it locks the lease, takes the changes, writes the batch. A relay whose lease was
 * taken over finds no row to lock, and so neither takes nor writes.
 * What a later `many` of the same table covers is left out.
 */
const moveChanges = `
  with held as (
    select position from spillway_changes.leases where name = $1 and holder = $2 for update
  ), taken as (
    delete from spillway_changes.log where ctid = any (array(
      select waiting.ctid from spillway_changes.log waiting where exists (select from held) order by waiting.id limit $4
    )) returning id, relation, operation, old, new, columns
  ), covered as (
    select relation, max(id) as id from taken where operation in ('many', 'truncate') group by relation
  ), told as (
    select taken.* from taken left join covered using (relation) where covered.id is null or taken.id >= covered.id
  ), batch as (
    select count(*) as size, json_agg(json_build_array(relation, operation, old, new, columns) order by id) as changes from told
  ), fed as (
    insert into spillway_changes.feed (position, changes)
    select held.position + batch.size, batch.changes from held, batch where batch.size > 0
  )
  update spillway_changes.leases lease
  set position = lease.position + batch.size, expires_at = clock_timestamp() + $3 * interval '1 ms'
  from batch
  where lease.name = $1 and lease.holder = $2
  returning (select count(*) from taken)::int as taken,
    (select last_value from spillway_changes.ids)::float8 as last_id,
    (select last_value from spillway_changes.id_limit)::float8 as limit`

/** A batch that says: changes were missed. What still waits is covered by it. */
const tellGap = `
  with held as (
    select position from spillway_changes.leases where name = $1 and holder = $2 for update
  ), covered as (
    delete from spillway_changes.log where exists (select from held)
  ), state as (
    update spillway_changes.state set gap_after = pg_snapshot_xmax(pg_current_snapshot()) where exists (select from held)
  ), fed as (
    insert into spillway_changes.feed (position, changes)
    select position + 1, '[["${everyTable}","many",null,null]]' from held
  )
  update spillway_changes.leases set position = position + 1 where name = $1 and exists (select from held)`

/** The same once more, when the last transaction has ended that may have met the full log. */
const tellGapAgain = `
  with held as (
    select position from spillway_changes.leases where name = $1 and holder = $2 and exists (
      select from spillway_changes.state where gap_after <= pg_snapshot_xmin(pg_current_snapshot())
    ) for update
  ), state as (
    update spillway_changes.state set gap_after = null where exists (select from held)
  ), fed as (
    insert into spillway_changes.feed (position, changes)
    select position + 1, '[["${everyTable}","many",null,null]]' from held
  )
  update spillway_changes.leases set position = position + 1 where name = $1 and exists (select from held)`

/** Removes batches that all consumers have handled and no watcher can still need, and whatever is over the limit. */
const prune = `
  with bound as (
    select greatest(
      (select position from spillway_changes.leases where name = $1) - $2::bigint,
      least(
        (select min(position) from spillway_changes.leases where name <> $1),
        coalesce((select max(position) from spillway_changes.feed where at < clock_timestamp() - $3 * interval '1 ms'), 0)
      )
    ) as position
  ), gone as (
    delete from spillway_changes.feed feed using bound where feed.position <= bound.position returning feed.position
  )
  update spillway_changes.state state set pruned = last.position
  from (select max(position) as position from gone) last where last.position > state.pruned`

/** Room for ids that are given out between two looks at the sequence, as a share of the limit. */
const slack = 0.1

export class Relay {
  readonly #connection: BackgroundConnection
  readonly #lease: Lease
  readonly #limits: ChangeLogLimits
  #prunedAtMs = Number.NEGATIVE_INFINITY

  constructor(connection: BackgroundConnection, lease: Lease, limits: ChangeLogLimits) {
    this.#connection = connection
    this.#lease = lease
    this.#limits = limits
  }

  /** Moves what waits, if this process is the relay or can become it. @returns whether there was anything. */
  async turn(): Promise<boolean> {
    const lease = this.#lease
    if (lease.isDue) {
      const wasHeld = lease.isHeld
      if (!(await lease.acquire())) return false
      if (!wasHeld) await this.#ensureRoom()
      await this.#tellGapAgain()
    }
    if (!lease.isHeld) return false
    await this.#prune()
    const [found] = await this.#connection.query<{ yes: boolean }>(
      'select exists (select from spillway_changes.log) as yes',
    )
    return found?.yes ? await this.#move() : false
  }

  async #move(): Promise<boolean> {
    const { name, holder, leaseMs } = this.#lease
    const [moved] = await this.#connection.query<Moved>(moveChanges, [name, holder, leaseMs, this.#limits.batchMax])
    this.#lease.noteRenewal(moved !== undefined)
    if (moved && moved.last_id > moved.limit - this.#limits.waitingMax / 2) await this.#ensureRoom()
    return moved !== undefined && moved.taken > 0
  }

  /** Raises the id up to which changes are logged. Had it been reached, some may be missing: that is a gap. */
  async #ensureRoom(): Promise<void> {
    const { waitingMax } = this.#limits
    const [before] = await this.#connection.query<{ limit: number }>(
      'select last_value::float8 as limit from spillway_changes.id_limit',
    )
    await this.#connection.query(
      `select setval('spillway_changes.id_limit', last_value + $1::bigint) from spillway_changes.ids`,
      [waitingMax],
    )
    // Looked at after the limit was raised: who took an id before may have met the old one.
    const [now] = await this.#connection.query<{ last_id: number }>(
      'select last_value::float8 as last_id from spillway_changes.ids',
    )
    if (!before || !now || now.last_id < before.limit - waitingMax * slack) return
    await this.#connection.query(tellGap, [this.#lease.name, this.#lease.holder])
  }

  /** Writers that met the full log may commit after the gap was told, so it is told again when they have ended. */
  async #tellGapAgain(): Promise<void> {
    await this.#connection.query(tellGapAgain, [this.#lease.name, this.#lease.holder])
  }

  async #prune(): Promise<void> {
    const nowMs = performance.now()
    if (nowMs - this.#prunedAtMs < pruneIntervalMs) return
    this.#prunedAtMs = nowMs
    await this.#connection.query(prune, [this.#lease.name, this.#limits.keptMax, this.#limits.keptMs])
  }
}
