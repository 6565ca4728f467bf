/** The names of pictures: `mug-a52` is type, palette, shape and view. @module */
import { type PictureType, pictureTypes } from './types.ts'

/** The whole object, a close look, and the object where it is used. */
export const views = ['front', 'detail', 'context'] as const

export type View = (typeof views)[number]

/** What a picture shows. There are finitely many, so that no client can fill a cache with them. */
export interface PictureKey {
  type: PictureType
  /** Which of the palettes, 0 to 11. */
  palette: number
  /** Form in the low two bits (0 to 3), ornament above: 0 to 7. */
  variant: number
  view: View
}

export const PALETTE_COUNT = 12
export const SHAPE_COUNT = 4
export const VARIANT_COUNT = 8

/** @example pictureSlug({ type: 'mug', palette: 10, variant: 5, view: 'context' }) // 'mug-a52' */
export function pictureSlug({ type, palette, variant, view }: PictureKey): string {
  return `${type}-${palette.toString(16)}${variant}${views.indexOf(view)}`
}

const SLUG = /^([a-z-]+)-([0-9a-b])([0-7])([0-2])$/
const known: ReadonlySet<string> = new Set(pictureTypes)

/** The picture of a slug, or undefined when nothing is called that. */
export function parsePictureSlug(slug: string): PictureKey | undefined {
  const match = SLUG.exec(slug)
  if (!match) return undefined
  const [, type = '', palette = '', variant = '', view = ''] = match
  if (!isPictureType(type)) return undefined
  return { type, palette: Number.parseInt(palette, 16), variant: Number(variant), view: views[Number(view)] ?? 'front' }
}

function isPictureType(type: string): type is PictureType {
  return known.has(type)
}
