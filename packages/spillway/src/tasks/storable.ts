/** What JSON can say, and what of that PostgreSQL can keep. @module */
import { messageOf } from '../foundation/index.ts'
import { PermanentTaskError } from './errors.ts'

/**
 * What will be kept of a value; none is kept of undefined, functions and symbols.
 *
 * @throws {PermanentTaskError} when JSON can't say it: it never will.
 */
export function jsonOf(what: string, value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch (cause) {
    throw new PermanentTaskError(`${what} can't be kept as JSON: ${messageOf(cause)}`, {
      hint: 'JSON has no BigInt, and nothing that holds itself: return something else, or nothing.',
      cause,
    })
  }
}

/** An escaped NUL, or half of a character of two; a backslash before it would be one of its own. */
const refused = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i
/** Servers read nested values by recursion. */
const depthMax = 1_000

/** What of a text of JSON PostgreSQL refuses. */
export function unstorable(json: string): string | undefined {
  if (json.includes('\\u') && refused.test(json))
    return 'holds a NUL or half a character, which PostgreSQL can not keep'
  if (json.length > 2 * depthMax && isTooDeep(json)) return `is nested more than ${depthMax} deep`
  return undefined
}

const [quote, backslash] = [...'"\\'].map((char) => char.charCodeAt(0))
const opening = new Set([...'[{'].map((char) => char.charCodeAt(0)))
const closing = new Set([...']}'].map((char) => char.charCodeAt(0)))

function isTooDeep(json: string): boolean {
  let depth = 0
  let isText = false
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at)
    if (isText && code === backslash) at++
    else if (code === quote) isText = !isText
    else if (isText) continue
    else if (opening.has(code) && ++depth > depthMax) return true
    else if (closing.has(code)) depth--
  }
  return false
}

/** A message that can be kept: what it is about must not be lost for a character. */
export const storableText = (text: string): string => text.replaceAll('\0', '\\0').toWellFormed()
