/** Streaming replication, as the primary and the replica's log tell it. @module */
import { messageOf, SpillwayError } from '../foundation/errors.ts'
import { slotName } from './config.ts'
import type { PostgresServer } from './server.ts'

/** `lost`: the log that the replica needs is gone. `unknown`: the primary doesn't answer. */
export type Link = { kind: 'streaming' | 'broken' | 'lost' | 'unknown' }

/** A replica's connection to the primary. Makes its slot if somebody dropped it. */
export async function linkOf(primary: PostgresServer, replica: string): Promise<Link> {
  try {
    const [slot] = await primary.query(
      `select s.wal_status, r.state from pg_replication_slots s
       left join pg_stat_replication r on r.pid = s.active_pid where s.slot_name = $1`,
      [slotName(replica)],
    )
    if (!slot) await createSlot(primary, replica)
    if (slot?.['wal_status'] === 'lost') return { kind: 'lost' }
    return { kind: slot?.['state'] === 'streaming' ? 'streaming' : 'broken' }
  } catch {
    // A primary that is away is looked after elsewhere.
    return { kind: 'unknown' }
  }
}

/** A slot that keeps the log from now on, in place of the one that the replica may have had. */
export async function newSlot(primary: PostgresServer, replica: string) {
  await dropSlot(primary, slotName(replica))
  await createSlot(primary, replica)
}

/** Drops the slots of replicas that are no longer wanted: they would keep log for nobody. */
export async function dropSlotsExcept(primary: PostgresServer, replicas: string[]) {
  const wanted = replicas.map(slotName)
  const slots = await primary.query(`select slot_name from pg_replication_slots where slot_name ~ '^replica_[0-9]+$'`)
  for (const { slot_name } of slots) {
    if (!wanted.includes(String(slot_name))) await dropSlot(primary, String(slot_name))
  }
}

async function createSlot(primary: PostgresServer, replica: string) {
  await primary.query('select pg_create_physical_replication_slot($1, true)', [slotName(replica)])
}

async function dropSlot(primary: PostgresServer, slot: string) {
  const deadline = performance.now() + 5_000
  for (;;) {
    try {
      await primary.query('select pg_terminate_backend(active_pid) from pg_replication_slots where slot_name = $1', [
        slot,
      ])
      await primary.query('select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = $1', [
        slot,
      ])
      return
    } catch (cause) {
      // The sender of a replica that has just ended holds the slot for a moment.
      if (performance.now() < deadline) {
        await Bun.sleep(20)
        continue
      }
      throw new SpillwayError('EMBEDDED_SLOT_BUSY', `Slot ${slot} can't be dropped: ${messageOf(cause)}.`, { cause })
    }
  }
}

/** What a replica logs when it will never stream again, however often it tries. */
const hopeless = [
  /requested WAL segment \w+ has already been removed/,
  /can no longer access replication slot/,
  /database system identifier differs/,
  /is ahead of the WAL flush position/,
  /highest timeline \d+ of the primary is behind recovery timeline/,
  /requested timeline \d+ is not (a child of|in) this server's history/,
  /insufficient parameter settings/,
  /could not locate a valid checkpoint record/,
  /database files are incompatible with server/,
  /incorrect checksum in control file|invalid checksum in control file/,
]

/** The log line that says so, if there is one. */
export function whyItCannotStream(log: string): string | undefined {
  const line = log.split('\n').find((text) => hopeless.some((pattern) => pattern.test(text)))
  return line?.replace(/^.*?(FATAL|PANIC|ERROR|LOG): +/, '')
}
