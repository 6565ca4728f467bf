/** Parameters of a statement as a log may show them. @module */

const shownMax = 20

/**
 * Types and lengths, never values.
 *
 * @example
 * maskedParameters(['me@example.com', 42, null]) // ['string(14)', 'number', 'null']
 */
export function maskedParameters(params: readonly unknown[]): string[] {
  const shown = params.slice(0, shownMax).map(masked)
  return params.length > shownMax ? [...shown, `${params.length - shownMax} more`] : shown
}

function masked(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string') return `string(${value.length})`
  if (Array.isArray(value)) return `array(${value.length})`
  if (value instanceof Date) return 'date'
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `bytes(${value.byteLength})`
  return typeof value
}
