/** Bare Fastify on Node: fixed bytes and a content type. */
import { readFileSync } from 'node:fs'
import Fastify from 'fastify'

const body = readFileSync(process.env.BODY_FILE)
const contentType = process.env.CONTENT_TYPE
const app = Fastify({ logger: false })

app.get('/api/products/:id', (_request, reply) => {
  reply.header('content-type', contentType).send(body)
})

await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
