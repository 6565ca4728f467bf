/** `/healthz` (alive) and `/readyz` (ready for requests), for load balancers. @module */
import { Hono } from 'hono'
import type { Database } from '../database/index.ts'

const noStore = { 'Cache-Control': 'no-store' }

/**
 * @param isReady false before the start is complete and from the moment of draining.
 */
export function healthRoutes(databases: readonly Database[], isReady: () => boolean): Hono {
  const routes = new Hono()
  routes.get('/healthz', (context) => context.json({ status: 'alive' }, 200, noStore))
  routes.get('/readyz', async (context) => {
    const checked = await Promise.all(databases.map((database) => database.check()))
    const servers = databases.flatMap(({ name }, index) =>
      checked[index]!.map((server) => ({ database: name, ...server })),
    )
    // The first database is the one that requests need.
    const [main = []] = checked
    // Without the primary, reads go on: taking the process out of rotation would turn a part outage into a whole one.
    const canServe = isReady() && (main.length === 0 || main.some(({ healthy }) => healthy))
    const body = { status: canServe ? 'ready' : isReady() ? 'unavailable' : 'draining', servers }
    return context.json(body, canServe ? 200 : 503, noStore)
  })
  return routes
}
