/** Whether JSON gives a value back as it was. @module */
import { isPlain } from './local/frozen.ts'

/** False for anything that JSON would leave out, change, or not know. */
export function isJson(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true
    case 'number':
      return Number.isFinite(value)
    case 'object':
      if (value === null) return true
      return Array.isArray(value) ? isJsonList(value) : isPlain(value) && isJsonObject(value)
    default:
      return false
  }
}

function isJsonList(list: readonly unknown[]): boolean {
  // By index: a hole is read as undefined, which JSON doesn't have.
  for (let index = 0; index < list.length; index++) if (!isJson(list[index])) return false
  return true
}

function isJsonObject(object: Record<string, unknown>): boolean {
  for (const key in object) if (!isJson(object[key])) return false
  return true
}
