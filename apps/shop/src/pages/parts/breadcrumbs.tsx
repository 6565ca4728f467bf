/** The way from the start page to here. @module */
import type { View } from '../view.ts'

export interface Crumb {
  name: string
  path: string
}

export function Breadcrumbs({ view, crumbs }: { view: View; crumbs: Crumb[] }) {
  const all = [{ name: view.t.home, path: '/' }, ...crumbs]
  return (
    <nav class="breadcrumbs" aria-label={view.t.breadcrumbs}>
      <ol>
        {all.map((crumb) => (
          <li>
            <a href={view.href(crumb.path)}>{crumb.name}</a>
          </li>
        ))}
      </ol>
    </nav>
  )
}
