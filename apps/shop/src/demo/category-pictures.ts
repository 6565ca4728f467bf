/** One picture to stand for a category of the demo shop. @module */
import { PALETTE_COUNT, pictureSlug } from './pictures/slug.ts'
import { streamNamed } from './random.ts'
import { shelfNamed } from './shelves.ts'

/**
 * The address of a category's picture; undefined for categories that the demo does not know.
 *
 * @example
 * categoryPicture('espresso-cups') // '/media/products/mug-310.svg'
 */
export function categoryPicture(slug: string): string | undefined {
  const shelf = shelfNamed(slug)
  if (!shelf) return undefined
  const isDepartment = shelf.department.slug === slug
  const key = {
    type: shelf.family.picture,
    palette: streamNamed(slug) % PALETTE_COUNT,
    variant: shelf.kind.shapes?.[0] ?? 0,
    view: isDepartment ? 'context' : 'front',
  } as const
  return `/media/products/${pictureSlug(key)}.svg`
}
