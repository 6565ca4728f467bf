/** Tags as surrogate keys: in a form that every CDN's lists can carry. @module */
import { createHash } from 'node:crypto'
import { type HeaderList, notAtCdn } from './cdn-purge.ts'

interface KeyLimits {
  maxKeys?: number
  maxBytes: number
}

/** CloudFront takes 256 characters, the others more. */
const keyLengthMax = 200

/**
 * Visible ASCII without commas, spaces and quotes; anything else as `%` and two hexadecimal digits a byte. What would be
 * too long, or empty, is a hash. Cloudflare and CloudFront don't tell upper from lower case: there a purge may take more
 * than it should, never less.
 *
 * @example surrogateKey('search:red shoes') // 'search:red%20shoes'
 */
export function surrogateKey(tag: string): string {
  let key = ''
  for (const byte of Buffer.from(tag)) key += isPlain(byte) ? String.fromCharCode(byte) : `%${hex(byte)}`
  if (key.length > 0 && key.length <= keyLengthMax) return key
  return `%${createHash('sha256').update(tag).digest('hex')}`
}

/** The header that lists the keys, or those of an answer that can't be kept because the list is too long. */
export function keyHeader(
  name: string,
  separator: string,
  tags: readonly string[],
  { maxKeys = Number.POSITIVE_INFINITY, maxBytes }: KeyLimits,
): HeaderList {
  const keys = [...new Set(tags.map(surrogateKey))]
  if (keys.length === 0) return []
  const list = keys.join(separator)
  return keys.length > maxKeys || list.length > maxBytes ? notAtCdn : [[name, list]]
}

/** Pieces of a list that one call takes. */
export function* inChunks<Item>(items: readonly Item[], size: number): Generator<Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}

function isPlain(byte: number): boolean {
  return byte > 0x20 && byte < 0x7f && byte !== comma && byte !== percent && byte !== quote
}

const comma = ','.charCodeAt(0)
const percent = '%'.charCodeAt(0)
const quote = '"'.charCodeAt(0)

const hex = (byte: number) => byte.toString(16).toUpperCase().padStart(2, '0')
