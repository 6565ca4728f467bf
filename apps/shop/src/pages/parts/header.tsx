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
      <nav class="departments" aria-label={view.t.departments}>
        <ul class="wide">
          <DepartmentLink view={view} path="/products" name={view.t.allProducts} />
          {departments.map((department) => (
            <DepartmentLink view={view} path={categoryPath(department)} name={view.nameOf(department)} />
          ))}
        </ul>
      </nav>
    </header>
  )
}

function DepartmentLink({ view, path, name }: { view: View; path: string; name: string }) {
  return (
    <li>
      <a href={view.href(path)} {...(view.path === path ? { 'aria-current': 'page' } : {})}>
        {name}
      </a>
    </li>
  )
}
