/**
 * Makes a value safe to hand to many: what can be frozen is frozen once, what can't be is copied for each reader.
 *
 * @module
 */

export interface Shareable {
  /** Frozen all through. False when it holds a Map, Set, Date, bytes or an instance of a class: those need copies. */
  isFrozen: boolean
  /** What it takes in memory, roughly. */
  sizeBytes: number
}

const objectBytes = 48
const slotBytes = 16

/**
 * Freezes objects and arrays in place, at any depth, and adds up their size; what is there twice counts twice.
 *
 * @throws {RangeError} for a value that contains itself, as the codec does.
 */
export function freeze(value: unknown): Shareable {
  const result: Shareable = { isFrozen: true, sizeBytes: 0 }
  visit(value, result)
  return result
}

function visit(value: unknown, result: Shareable): void {
  if (typeof value === 'string') {
    result.sizeBytes += value.length * 2 + slotBytes
    return
  }
  if (typeof value !== 'object' || value === null) {
    result.sizeBytes += slotBytes
    return
  }
  result.sizeBytes += objectBytes
  if (Array.isArray(value)) for (let index = 0; index < value.length; index++) visit(value[index], result)
  else if (isPlain(value)) {
    for (const key in value) {
      result.sizeBytes += slotBytes
      visit(value[key], result)
    }
  } else {
    result.isFrozen = false
    visitOther(value, result)
    return
  }
  Object.freeze(value)
}

/** Plain objects, which JSON and `for … in` see as a whole. */
export function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function visitOther(value: object, result: Shareable): void {
  // Copies of a view take the whole buffer with them.
  if (ArrayBuffer.isView(value)) result.sizeBytes += value.buffer.byteLength
  else if (value instanceof ArrayBuffer) result.sizeBytes += value.byteLength
  else if (value instanceof Map) {
    for (const [key, item] of value) {
      visit(key, result)
      visit(item, result)
    }
  } else if (value instanceof Set) for (const item of value) visit(item, result)
}
