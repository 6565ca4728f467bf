/** What a browser sees when there is no page: in the visitor's language, without asking the database. @module */
import type { Problem } from 'spillway/http'
import { Document } from './layout.tsx'
import { type View, viewOf } from './view.ts'

export function errorPage(problem: Problem, request: Request): Response {
  const view = viewOf(request)
  const { title, help } = textFor(view, problem.status)
  const head = { title, description: help, canonical: view.path, indexed: false }
  const page = (
    <Document view={view} head={head} departments={[]}>
      <div class="error wide">
        <p class="error-status">{view.t.errorStatus(problem.status)}</p>
        <h1>{title}</h1>
        <p>{help}</p>
        {problem.status === 400 && (
          <p class="quiet" lang="en">
            {problem.detail}
          </p>
        )}
        <p class="error-ways">
          <a class="button button-strong" href={view.href('/')}>
            {view.t.backHome}
          </a>
          <a class="button" href={view.href('/products')}>
            {view.t.allProducts}
          </a>
        </p>
        {problem.status >= 500 && (
          <p class="quiet">
            {view.t.requestId} <code>{problem.request_id}</code>
          </p>
        )}
      </div>
    </Document>
  )
  return new Response(String(page), {
    status: problem.status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-language': view.language,
      vary: 'Accept-Language',
    },
  })
}

function textFor(view: View, status: number) {
  const { errors } = view.t
  if (status in errors) return errors[status as keyof typeof errors]
  return status < 500 ? errors[400] : errors[500]
}
