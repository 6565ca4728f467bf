/** Fastify on Node with a `pg` pool: one query a request, prepared by name, which is the fastest that `pg` offers. */
import Fastify from 'fastify'
import pg from 'pg'
import { product, queryText } from './product.js'

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 })
const app = Fastify({ logger: false })

app.get('/api/products/:id', async (request, reply) => {
  const { rows } = await pool.query({ name: 'product', text: queryText, values: [Number(request.params.id)] })
  return rows[0] ? product(rows[0]) : reply.code(404).send()
})

await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
