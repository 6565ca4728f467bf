/**
 * Do the pools of all processes fit into the server's `max_connections`?
 *
 * @module
 */
import { SQL } from 'bun'

export interface ConnectionBudget {
  wanted: number
  /** `max_connections` less what is reserved for superusers. */
  available: number
  fits: boolean
}

/**
 * @param wanted connections that all processes together may open to the server at `url`.
 */
export async function checkConnectionBudget(url: string, wanted: number): Promise<ConnectionBudget> {
  const sql = new SQL({ url, max: 1 })
  try {
    const [row] = await sql`
      select current_setting('max_connections')::int
           - current_setting('superuser_reserved_connections')::int
           - coalesce(current_setting('reserved_connections', true), '0')::int as available`
    return { wanted, available: row.available, fits: wanted <= row.available }
  } finally {
    await sql.close({ timeout: 1 })
  }
}
