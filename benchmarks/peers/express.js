/** Bare Express on Node: fixed bytes and a content type. */
import { readFileSync } from 'node:fs'
import express from 'express'

const body = readFileSync(process.env.BODY_FILE)
const contentType = process.env.CONTENT_TYPE
const app = express()

app.get('/api/products/:id', (_request, response) => {
  response.set('content-type', contentType).send(body)
})

app.listen(Number(process.env.PORT), '127.0.0.1')
