import { Hono } from 'hono'
import { defineApp } from 'spillway'
import { cachePage, NotFoundError, validate, varyOnLanguage } from 'spillway/http'
import { z } from 'zod'

const language = varyOnLanguage(['en', 'ko'])
const greetings = { en: 'Hello', ko: '안녕하세요' }

const http = new Hono()
  // Rendered once a minute and language, however many ask; answered from the page cache otherwise.
  .get('/', cachePage({ ttl: 60, vary: [language], query: ['name'] }), (c) => {
    const { name } = validate(z.object({ name: z.string().max(40).default('world') }), c.req.query())
    return c.text(`${greetings[language.of(c.req.raw.headers)]}, ${name}!`)
  })
  // Errors become problem documents (RFC 9457).
  .get('/api/greetings/:language', cachePage({ ttl: 3_600, negativeTtl: 10 }), (c) => {
    const found = Object.entries(greetings).find(([key]) => key === c.req.param('language'))
    if (!found) throw new NotFoundError('We greet in en and ko.')
    return c.json({ language: found[0], greeting: found[1] })
  })

export default defineApp({ name: 'hello', databases: [], http })
