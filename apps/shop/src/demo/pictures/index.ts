/**
 * Product pictures, drawn in this program: no downloads, no licences, a few kilobytes each.
 *
 * @module
 */
import { kitFor } from './kit.ts'
import { place } from './places.ts'
import type { PictureKey, View } from './slug.ts'
import { closeUp, studio } from './studio.ts'
import { subjects } from './subjects/index.ts'

export { type PictureKey, parsePictureSlug, pictureSlug, views } from './slug.ts'
export { pictureTypes } from './types.ts'

const PHOTOGRAPHS: Record<View, typeof studio> = { front: studio, detail: closeUp, context: place }

/**
 * An SVG of 800 × 800 that depends on nothing but its key.
 *
 * @example
 * const key = parsePictureSlug('mug-a52')
 * if (key) response.body = productPicture(key)
 */
export function productPicture(key: PictureKey): string {
  const kit = kitFor(key)
  const picture = PHOTOGRAPHS[key.view](kit, subjects[key.type])
  const definitions = kit.definitions()
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800"><defs>${definitions}</defs>${picture}</svg>`
}
