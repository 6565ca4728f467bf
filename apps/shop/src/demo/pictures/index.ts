/**
 * Product pictures, drawn in this program: no downloads, no licences, a few kilobytes each.
 *
 * @module
 */
import { paletteAt } from './palette.ts'
import type { PictureKey } from './slug.ts'

export { type PictureKey, parsePictureSlug, pictureSlug, type View, views } from './slug.ts'
export { type PictureType, pictureTypes } from './types.ts'

/**
 * An SVG of 800 × 800 that depends on nothing but its key.
 *
 * @example
 * const key = parsePictureSlug('mug-a52')
 * if (key) response.body = productPicture(key)
 */
export function productPicture(key: PictureKey): string {
  const { main, accent, backdrop } = paletteAt(key.palette)
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800">' +
    `<rect width="800" height="800" fill="${backdrop}"/>` +
    '<ellipse cx="400" cy="620" rx="230" ry="26" opacity=".18"/>' +
    `<rect x="220" y="260" width="360" height="360" rx="28" fill="${main}"/>` +
    `<rect x="370" y="260" width="60" height="360" fill="${accent}"/></svg>`
  )
}
