/** The settings that a server runs with. @module */
import { totalmem } from 'node:os'

export interface ServerConfig {
  port: number
  /** Only of replicas. */
  upstream?: { port: number; password: string; name: string }
}

/** The name of a replica's slot on the primary; slots know no hyphens. */
export function slotName(replica: string): string {
  return replica.replaceAll('-', '_')
}

/**
 * The configuration file, written anew at each start. What somebody sets with ALTER SYSTEM stands above it.
 * Primary and replicas have the same one: a replica with fewer connections or senders than its primary doesn't start.
 */
export function renderConfig({ port, upstream }: ServerConfig): string {
  const bufferMb = sharedBuffersMb()
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port,
    // A socket in the file system would be one more place that two users could fight about.
    unix_socket_directories: '',
    max_connections: 200,
    superuser_reserved_connections: 5,
    password_encryption: 'scram-sha-256',

    shared_buffers: `${bufferMb}MB`,
    effective_cache_size: `${bufferMb * 4}MB`,
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    random_page_cost: 1.1,
    effective_io_concurrency: 64,
    // Compiling pays for long analytic queries only, and costs tens of ms where the planner is wrong.
    jit: 'off',

    fsync: 'on',
    synchronous_commit: 'on',
    wal_compression: 'on',
    max_wal_size: '1GB',
    checkpoint_completion_target: 0.9,

    wal_level: 'replica',
    // Transactions that are in a deadlock wait this long before one of them may start over; a second would be felt.
    deadlock_timeout: '200ms',
    max_wal_senders: 20,
    max_replication_slots: 20,
    wal_keep_size: '64MB',
    // A replica that stays away longer than this is copied anew rather than fill the disk.
    max_slot_wal_keep_size: '2GB',
    hot_standby: 'on',
    hot_standby_feedback: 'on',
    // A replica that hangs can hold up the primary's checkpoints for this long.
    wal_sender_timeout: '10s',
    wal_receiver_timeout: '10s',
    // After a restart of the primary its replicas are back at once, not 5 s later.
    wal_retrieve_retry_interval: '100ms',

    shared_preload_libraries: 'pg_stat_statements',
    track_io_timing: 'on',
    autovacuum_naptime: '15s',

    timezone: 'UTC',
    log_timezone: 'UTC',
    default_text_search_config: 'pg_catalog.english',
    // The reasons why a replica can't stream are read from its log.
    lc_messages: 'C',
    // Errors of statements go to the program that sent them; a copy of each could fill the disk.
    log_min_messages: 'log',
    log_checkpoints: 'off',
  }
  if (upstream) {
    settings['primary_conninfo'] =
      `host=127.0.0.1 port=${upstream.port} user=spillway password=${upstream.password} application_name=${upstream.name}`
    settings['primary_slot_name'] = slotName(upstream.name)
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'`)
  return `# Written by Spillway at each start. For settings of your own use ALTER SYSTEM.\n${lines.join('\n')}\n`
}

/** A sixteenth of the memory, at most 128 MB: two servers and the platform share the machine. */
function sharedBuffersMb(): number {
  const totalMb = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY) / 2 ** 20
  return Math.round(Math.min(128, Math.max(16, totalMb / 16)))
}
