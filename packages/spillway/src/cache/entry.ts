/**
 * What the shared tier keeps under a key: the value with what is needed to tell whether it still holds.
 *
 * @module
 */
import { CorruptValueError } from './codec.ts'

/** Times are the shared tier's, in milliseconds, so that the clocks of machines are never compared. */
export interface Entry {
  /** The tier's sequence when the load began: an invalidation with a higher number voids the entry. */
  loadedAt: number
  freshUntilMs: number
  /** From then until here it may be served while it is loaded anew, or when that fails. */
  staleUntilMs: number
  /** How long the load took: the longer, the earlier it is refreshed. */
  loadMs: number
  tags: string[]
  /** As the codec wrote it. */
  body: Uint8Array
}

const magic = 0x5c
const version = 1
const headerBytes = 2 + 4 * 8 + 4

/** A fixed header, the tags as JSON, the body. */
export function encodeEntry({ loadedAt, freshUntilMs, staleUntilMs, loadMs, tags, body }: Entry): Uint8Array {
  const names = tags.length === 0 ? Buffer.alloc(0) : Buffer.from(JSON.stringify(tags))
  const bytes = Buffer.allocUnsafe(headerBytes + names.byteLength + body.byteLength)
  bytes[0] = magic
  bytes[1] = version
  bytes.writeDoubleLE(loadedAt, 2)
  bytes.writeDoubleLE(freshUntilMs, 10)
  bytes.writeDoubleLE(staleUntilMs, 18)
  bytes.writeDoubleLE(loadMs, 26)
  bytes.writeUInt32LE(names.byteLength, 34)
  bytes.set(names, headerBytes)
  bytes.set(body, headerBytes + names.byteLength)
  return bytes
}

/** @throws {CorruptValueError} */
export function decodeEntry(bytes: Uint8Array): Entry {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (view.byteLength < headerBytes || view[0] !== magic || view[1] !== version) {
    throw new CorruptValueError('The entry is not ours.')
  }
  const bodyStart = headerBytes + view.readUInt32LE(34)
  if (bodyStart > view.byteLength) throw new CorruptValueError('The entry is cut off.')
  const times = [2, 10, 18, 26].map((offset) => view.readDoubleLE(offset))
  if (!times.every(Number.isFinite)) throw new CorruptValueError('The entry has no times.')
  const [loadedAt, freshUntilMs, staleUntilMs, loadMs] = times as [number, number, number, number]
  const tags = tagsIn(view.subarray(headerBytes, bodyStart))
  return { loadedAt, freshUntilMs, staleUntilMs, loadMs, tags, body: view.subarray(bodyStart) }
}

function tagsIn(names: Buffer): string[] {
  if (names.byteLength === 0) return []
  try {
    const tags: unknown = JSON.parse(names.toString())
    if (Array.isArray(tags) && tags.every((tag) => typeof tag === 'string')) return tags
  } catch (error) {
    throw new CorruptValueError('The tags of the entry could not be read.', error)
  }
  throw new CorruptValueError('The tags of the entry are none.')
}
