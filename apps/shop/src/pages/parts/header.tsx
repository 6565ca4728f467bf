/** The top of every page. @module */
import { categoryPath } from '../../catalog/address.ts'
import type { Category } from '../../catalog/categories.ts'
import { languages } from '../../i18n/language.ts'
import type { View } from '../view.ts'

const languageNames = { en: 'English', ko: '한국어' }

export function Header({ view, departments }: { view: View; departments: Category[] }) {
  return (
    <header class="header">
      <div class="header-bar wide">
        <a class="wordmark" href={view.href('/')}>
          {view.t.siteName}
        </a>
        <nav class="header-links" aria-label={view.t.mainMenu}>
          {departments.length > 0 && (
            <button type="button" popovertarget="departments">
              {view.t.departments}
            </button>
          )}
          <PageLink view={view} path="/products" name={view.t.allProducts} />
        </nav>
        <nav class="languages" aria-label={view.t.languageMenu}>
          {languages.map((language) => (
            <a
              href={view.inLanguage(language)}
              lang={language}
              hreflang={language}
              {...(language === view.language ? { 'aria-current': 'true' } : {})}
            >
              {languageNames[language]}
            </a>
          ))}
        </nav>
      </div>
      {departments.length > 0 && <DepartmentMenu view={view} departments={departments} />}
    </header>
  )
}

/** A popover: the browser opens it, closes it on Escape or a click elsewhere, and needs no script for that. */
function DepartmentMenu({ view, departments }: { view: View; departments: Category[] }) {
  return (
    <nav class="menu" id="departments" popover="auto" aria-label={view.t.departments}>
      <ul class="wide">
        {departments.map((department) => (
          <li>
            <PageLink view={view} path={categoryPath(department)} name={view.nameOf(department)} />
          </li>
        ))}
      </ul>
    </nav>
  )
}

function PageLink({ view, path, name }: { view: View; path: string; name: string }) {
  return (
    <a href={view.href(path)} {...(view.path === path ? { 'aria-current': 'page' } : {})}>
      {name}
    </a>
  )
}
