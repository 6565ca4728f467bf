/** Where products and categories live on the site. @module */

/** Letters and digits of the English name: the same address in every language. */
function slugOf(name: string): string {
  const unaccented = name.normalize('NFD').replaceAll(/\p{Mark}/gu, '')
  const words = unaccented.toLowerCase().match(/[a-z0-9]+/g) ?? []
  return words.join('-').slice(0, 60).replace(/-$/, '')
}

/** @example productPath({ id: 42, name: 'Oak desk lamp' }) // '/products/42-oak-desk-lamp' */
export function productPath(product: { id: number; name: string }): string {
  const slug = slugOf(product.name)
  return slug === '' ? `/products/${product.id}` : `/products/${product.id}-${slug}`
}

/** @example categoryPath({ slug: 'desk-lamps' }) // '/categories/desk-lamps' */
export function categoryPath(category: { slug: string }): string {
  return `/categories/${category.slug}`
}
