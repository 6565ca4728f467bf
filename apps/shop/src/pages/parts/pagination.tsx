/** Links to the neighbouring pages of a list. @module */
import type { ProductPage } from '../../catalog/card.ts'
import type { View } from '../view.ts'

export function Pagination({ view, page }: { view: View; page: ProductPage }) {
  const { cursor: _, before: __, ...filters } = view.parameters
  if (page.nextCursor === null && page.previousCursor === null) return null
  return (
    <nav class="pagination" aria-label={view.t.pages}>
      {page.previousCursor !== null && (
        <a class="button" rel="prev" href={view.href(view.path, { ...filters, before: page.previousCursor })}>
          <span aria-hidden="true">←</span> {view.t.previousPage}
        </a>
      )}
      {page.nextCursor !== null && (
        <a class="button" rel="next" href={view.href(view.path, { ...filters, cursor: page.nextCursor })}>
          {view.t.nextPage} <span aria-hidden="true">→</span>
        </a>
      )}
    </nav>
  )
}
