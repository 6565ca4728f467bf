/** Hono on Bun with Bun's SQL client: one query a request. */
import { SQL } from 'bun'
import { Hono } from 'hono'
import { product, queryText } from './product.js'

const sql = new SQL({ url: process.env['DATABASE_URL']!, max: 10 })
const app = new Hono()

app.get('/api/products/:id', async (context) => {
  const [row] = await sql.unsafe(queryText, [Number(context.req.param('id'))])
  return row ? context.json(product(row)) : context.notFound()
})

Bun.serve({ port: Number(process.env['PORT']), hostname: '127.0.0.1', development: false, fetch: app.fetch })
