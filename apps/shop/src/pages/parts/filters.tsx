/** Sorting and the price range: a plain form that asks for the page again. @module */

import type { ListQuery } from '../../catalog/list-query.ts'
import { sortNames } from '../../catalog/sorts.ts'
import type { View } from '../view.ts'

export function Filters({ view, query }: { view: View; query: ListQuery }) {
  const { t } = view
  const chosenLanguage = new URLSearchParams(view.href('').slice(1)).get('lang')
  const filtered = query.minPrice !== undefined || query.maxPrice !== undefined
  return (
    <form class="filters" method="get" action={view.path} aria-label={t.sortAndFilter}>
      {chosenLanguage !== null && <input type="hidden" name="lang" value={chosenLanguage} />}
      <label>
        <span>{t.sortBy}</span>
        <select name="sort">
          {sortNames.map((sort) => (
            <option value={sort} selected={sort === query.sort}>
              {t.sorts[sort]}
            </option>
          ))}
        </select>
      </label>
      <fieldset>
        <legend class="hidden">{t.price}</legend>
        <PriceField name="minPrice" label={t.minPrice} value={query.minPrice} />
        <PriceField name="maxPrice" label={t.maxPrice} value={query.maxPrice} />
      </fieldset>
      <button type="submit">{t.apply}</button>
      {filtered && (
        <a class="clear" href={view.href(view.path, { sort: query.sort })}>
          {t.clearFilters}
        </a>
      )}
    </form>
  )
}

function PriceField({ name, label, value }: { name: string; label: string; value: string | undefined }) {
  return (
    <label>
      <span>{label}</span>
      <input type="number" name={name} value={value ?? ''} min="0" max="99999999" step="0.01" inputmode="decimal" />
    </label>
  )
}
