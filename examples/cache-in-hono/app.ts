import { Hono } from 'hono'
import { Backend, defineCaches, SqliteBus, SqliteTier } from 'spillway/cache'
import { createLogger } from 'spillway/foundation'

const path = process.env['CACHE_FILE'] ?? 'cache.db'
const logger = createLogger('weather', 'info')
const backend = new Backend({ tier: new SqliteTier({ path }), bus: new SqliteBus(path), logger })
const caches = defineCaches()
caches.start(() => backend, logger)

let loads = 0
/** As slow as what one wants to cache. */
async function measure(city: string) {
  loads++
  await Bun.sleep(200)
  return { city, degrees: Math.round(Math.random() * 30), at: new Date().toISOString() }
}

const app = new Hono()
  .get('/weather/:city', async (c) => {
    const city = c.req.param('city')
    const options = { ttl: 600, tags: [`weather:${city}`] }
    return c.json(await caches.remember(`weather:${city}`, () => measure(city), options))
  })
  .post('/weather/:city', async (c) => {
    await caches.invalidate(`weather:${c.req.param('city')}`)
    return c.body(null, 204)
  })
  .get('/loads', (c) => c.json(loads))

export default { port: Number(process.env['PORT'] ?? 3000), hostname: '127.0.0.1', fetch: app.fetch }
