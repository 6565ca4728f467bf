/** A service with one table: `spillway start examples/notes`. @module */
import { Hono } from 'hono'
import { defineApp } from 'spillway'
import { keyset } from 'spillway/database'
import { readJson, validate } from 'spillway/http'
import { z } from 'zod'
import { database, db } from './database.ts'
import { notes } from './schema.ts'

const newest = keyset('newest', [{ column: notes.id, direction: 'desc', key: 'id' }])

const page = z.object({ limit: z.coerce.number().int().min(1).max(100).default(20), cursor: z.string().optional() })
const newNote = z.object({ text: z.string().trim().min(1).max(1_000) })

const http = new Hono()
  .get('/api/notes', async (c) => {
    const { limit, cursor } = validate(page, c.req.query())
    const items = await db
      .select()
      .from(notes)
      .where(newest.after(cursor))
      .orderBy(...newest.orderBy)
      .limit(limit)
    return c.json({ items, next_cursor: newest.next(items, limit) ?? null })
  })
  .post('/api/notes', async (c) => {
    const [note] = await db
      .insert(notes)
      .values(await readJson(c, newNote))
      .returning()
    return c.json(note, 201)
  })

export default defineApp({ name: 'notes', databases: [database], http })
