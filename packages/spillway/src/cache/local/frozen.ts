/**
 * Makes a value safe to hand to many: what can be frozen is frozen once, what can't be is copied for each reader.
 *
 * @module
 */

const objectBytes = 48
/** Frozen, it has a map of its elements; by growth of RSS. */
const arrayBytes = 160
const slotBytes = 16

/** A value for many readers: frozen in place where that is possible, at any depth. */
export class Shareable {
  /** False when it holds a Map, Set, Date, bytes or an instance of a class. */
  readonly isFrozen: boolean
  /** What it takes in memory, roughly; what is there twice counts twice. */
  readonly sizeBytes: number

  /** @throws {RangeError} for a value that contains itself, as the codec does. */
  constructor(readonly value: unknown) {
    const found: Found = { isFrozen: true, sizeBytes: 0 }
    visit(value, found)
    this.isFrozen = found.isFrozen
    this.sizeBytes = found.sizeBytes
  }

  /** Of a value that someone else has as well, and may go on changing. */
  static of(value: unknown): Shareable {
    const shared = new Shareable(value)
    return shared.isFrozen ? shared : new Shareable(structuredClone(value))
  }

  /** The value for one reader, who may do with it what he likes. */
  read(): unknown {
    return this.isFrozen ? this.value : structuredClone(this.value)
  }
}

interface Found {
  isFrozen: boolean
  sizeBytes: number
}

function visit(value: unknown, found: Found): void {
  if (typeof value === 'string') {
    found.sizeBytes += value.length * 2 + slotBytes
    return
  }
  if (typeof value !== 'object' || value === null) {
    found.sizeBytes += slotBytes
    return
  }
  const isArray = Array.isArray(value)
  found.sizeBytes += isArray ? arrayBytes : objectBytes
  if (isArray) for (let index = 0; index < value.length; index++) visit(value[index], found)
  else if (isPlain(value)) {
    for (const key in value) {
      found.sizeBytes += slotBytes
      visit(value[key], found)
    }
  } else {
    found.isFrozen = false
    visitOther(value, found)
    return
  }
  Object.freeze(value)
}

/** Plain objects, which JSON and `for … in` see as a whole. */
export function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function visitOther(value: object, found: Found): void {
  // Copies of a view take the whole buffer with them.
  if (ArrayBuffer.isView(value)) found.sizeBytes += value.buffer.byteLength
  else if (value instanceof ArrayBuffer) found.sizeBytes += value.byteLength
  else if (value instanceof Map) {
    for (const [key, item] of value) {
      visit(key, found)
      visit(item, found)
    }
  } else if (value instanceof Set) for (const item of value) visit(item, found)
}
