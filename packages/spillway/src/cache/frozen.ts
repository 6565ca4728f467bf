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

/** Freezes objects and arrays in place, at any depth, and adds up their size. */
export function freeze(value: unknown): Shareable {
  const result: Shareable = { isFrozen: true, sizeBytes: 0 }
  visit(value, result, new Set())
  return result
}

function visit(value: unknown, result: Shareable, seen: Set<object>): void {
  if (typeof value === 'string') {
    result.sizeBytes += value.length * 2 + slotBytes
    return
  }
  if (typeof value !== 'object' || value === null) {
    result.sizeBytes += slotBytes
    return
  }
  if (seen.has(value)) return
  seen.add(value)
  result.sizeBytes += objectBytes
  if (Array.isArray(value)) for (const item of value) visit(item, result, seen)
  else if (isPlain(value)) {
    for (const key in value) {
      result.sizeBytes += slotBytes
      visit(value[key], result, seen)
    }
  } else {
    result.isFrozen = false
    result.sizeBytes += sizeOf(value, seen)
    return
  }
  Object.freeze(value)
}

function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function sizeOf(value: object, seen: Set<object>): number {
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value.byteLength
  const result: Shareable = { isFrozen: false, sizeBytes: 0 }
  if (value instanceof Map) {
    for (const [key, item] of value) {
      visit(key, result, seen)
      visit(item, result, seen)
    }
  } else if (value instanceof Set) for (const item of value) visit(item, result, seen)
  return result.sizeBytes
}
