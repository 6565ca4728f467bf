/** Sends a page with the frame around it. @module */
import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import { listDepartments } from '../catalog/categories.ts'
import { Document, type Head } from './layout.tsx'
import type { View } from './view.ts'

export async function renderPage(c: Context, view: View, head: Head, content: Child): Promise<Response> {
  const departments = await listDepartments()
  c.header('Content-Language', view.language)
  return c.html(
    <Document view={view} head={head} departments={departments}>
      {content}
    </Document>,
  )
}
