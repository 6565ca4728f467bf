/** How full a shared tier is, for people who look. @module */
import { Database } from 'bun:sqlite'
import { statSync } from 'node:fs'
import { Cluster } from 'ioredis'
import { openRedis, type RedisOptions } from '../redis/options.ts'

export interface TierUsage {
  /** Values; with Redis every key of its database, whoever put it there. */
  entries: number
  /** Of the file and its log, or of the servers' memory. */
  bytes: number
}

/** @throws when it can't be read. */
export function sqliteUsage(path: string): TierUsage {
  const db = new Database(path, { readonly: true, strict: true })
  try {
    db.run('pragma busy_timeout = 2000')
    const { entries } = db.query<{ entries: number }, []>('select count(*) as entries from entries').get()!
    const sizes = [path, `${path}-wal`].map((file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0)
    return { entries, bytes: sizes.reduce((sum, size) => sum + size, 0) }
  } finally {
    db.close()
  }
}

/** Of a Cluster, all masters together. @throws when one doesn't answer. */
export async function redisUsage(options: RedisOptions): Promise<TierUsage> {
  // Asked once, right after the start: commands wait for the connection.
  const client = openRedis(options, { enableOfflineQueue: true, maxRetriesPerRequest: 1 })
  // What goes wrong is told by the commands.
  client.on('error', () => undefined)
  try {
    if (client instanceof Cluster && client.status !== 'ready') {
      await new Promise((resolve, reject) => {
        client.once('ready', resolve)
        client.once('error', reject)
        client.once('close', () => reject(new Error('No node of the Cluster answers.')))
      })
    }
    const servers = client instanceof Cluster ? client.nodes('master') : [client]
    const all = await Promise.all(
      servers.map(async (server) => {
        const [entries, memory] = await Promise.all([server.dbsize(), server.info('memory')])
        return { entries, bytes: Number(/^used_memory:(\d+)/m.exec(memory)?.[1] ?? 0) }
      }),
    )
    return all.reduce((sum, one) => ({ entries: sum.entries + one.entries, bytes: sum.bytes + one.bytes }))
  } finally {
    client.disconnect()
  }
}
