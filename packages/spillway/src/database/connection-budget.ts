/**
 * Do the pools of all processes fit into the server's `max_connections`?
 *
 * @module
 */
import { SQL } from 'bun'

export interface ConnectionBudget {
  /** Connections that all processes together may open to this server. */
  wanted: number
  /** `max_connections` less what is reserved for superusers. */
  available: number
  fits: boolean
}

/**
 * @param processes how many processes open a pool of `poolMax` to the server at `url`.
 */
export async function checkConnectionBudget(
  url: string,
  processes: number,
  poolMax: number,
): Promise<ConnectionBudget> {
  const sql = new SQL({ url, max: 1 })
  try {
    const [row] = await sql`
      select current_setting('max_connections')::int
           - current_setting('superuser_reserved_connections')::int
           - current_setting('reserved_connections')::int as available`
    const wanted = processes * poolMax
    return { wanted, available: row.available, fits: wanted <= row.available }
  } finally {
    await sql.close({ timeout: 1 })
  }
}
