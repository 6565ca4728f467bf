/**
 * How far databases must have come before what they answer is new enough: what a cache hands from whoever has written
 * to whoever loads.
 *
 * @module
 */

/**
 * Positions in the logs of databases, by the name of the database. A position is text that orders as the log does: 16
 * upper-case hexadecimal digits.
 *
 * @example const floors: Floors = { default: '00000016B374D848' }
 */
export type Floors = Readonly<Record<string, string>>

export const noFloors: Floors = Object.freeze({})

/** The furthest position of each database. */
export function highestFloors(...all: readonly Floors[]): Floors {
  const highest = new Map<string, string>()
  for (const [name, position] of all.flatMap((floors) => Object.entries(floors))) {
    if (position > (highest.get(name) ?? '')) highest.set(name, position)
  }
  return highest.size === 0 ? noFloors : Object.fromEntries(highest)
}

/** Out of JSON that anybody may have written: what is no position counts as not there. */
export function parseFloors(text: unknown): Floors {
  let parsed: unknown
  try {
    parsed = JSON.parse(String(text))
  } catch {
    return noFloors
  }
  if (typeof parsed !== 'object' || parsed === null) return noFloors
  const isPosition = (value: unknown) => typeof value === 'string' && /^[\dA-F]{16}$/.test(value)
  return Object.fromEntries(Object.entries(parsed).filter(([, value]) => isPosition(value)))
}
