/**
 * What the shared tier keeps under a key: the value with what is needed to tell whether it still holds.
 *
 * Magic number, version, checksum of what follows; four times as doubles; the length of the tags in bytes; of each tag
 * its length and its text; the body. Reading one allocates nothing for tags that are the expected ones.
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
  tags: readonly string[]
  /** As the codec wrote it. */
  body: Uint8Array
}

const magic = 0x5c
const version = 2
const checkedFrom = 8
const tagsLengthAt = checkedFrom + 4 * 8
const tagsStart = tagsLengthAt + 4
/** Length of a tag, in front of it. */
const lengthBytes = 4

const times = new Float64Array(4)
const timesAsBytes = new Uint8Array(times.buffer)

export function encodeEntry({ loadedAt, freshUntilMs, staleUntilMs, loadMs, tags, body }: Entry): Uint8Array {
  const names = tags.map((tag) => Buffer.from(tag))
  const tagsBytes = names.reduce((sum, name) => sum + lengthBytes + name.byteLength, 0)
  const bytes = Buffer.alloc(tagsStart + tagsBytes + body.byteLength)
  bytes[0] = magic
  bytes[1] = version
  times.set([loadedAt, freshUntilMs, staleUntilMs, loadMs])
  bytes.set(timesAsBytes, checkedFrom)
  bytes.writeUInt32LE(tagsBytes, tagsLengthAt)
  let at = tagsStart
  for (const name of names) {
    bytes.writeUInt32LE(name.byteLength, at)
    bytes.set(name, at + lengthBytes)
    at += lengthBytes + name.byteLength
  }
  bytes.set(body, at)
  return sealed(bytes)
}

/** An entry as its bytes: what isn't asked for is not decoded. */
export class StoredEntry {
  readonly loadedAt: number
  readonly freshUntilMs: number
  readonly staleUntilMs: number
  readonly loadMs: number
  /** Where in the bytes the body begins. */
  readonly bodyStart: number

  /** @throws {CorruptValueError} */
  constructor(readonly bytes: Uint8Array) {
    if (bytes.byteLength < tagsStart || bytes[0] !== magic || bytes[1] !== version) {
      throw new CorruptValueError('The entry is not ours.')
    }
    if (uint32At(bytes, 4) !== checksumOf(bytes)) throw new CorruptValueError('The entry is not as it was written.')
    for (let index = 0; index < timesAsBytes.length; index++) timesAsBytes[index] = bytes[checkedFrom + index]!
    this.loadedAt = times[0]!
    this.freshUntilMs = times[1]!
    this.staleUntilMs = times[2]!
    this.loadMs = times[3]!
    this.bodyStart = tagsStart + uint32At(bytes, tagsLengthAt)
  }

  /** Whether the tags are these, in this order. False also for tags outside of ASCII, which takes longer to tell. */
  carries(tags: readonly string[]): boolean {
    const { bytes, bodyStart } = this
    let at = tagsStart
    for (const tag of tags) {
      if (at >= bodyStart || uint32At(bytes, at) !== tag.length) return false
      at += lengthBytes
      for (let index = 0; index < tag.length; index++) {
        const code = tag.charCodeAt(index)
        if (code > 127 || bytes[at++] !== code) return false
      }
    }
    return at === bodyStart
  }

  tags(): string[] {
    const view = Buffer.from(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength)
    const tags: string[] = []
    for (let at = tagsStart; at < this.bodyStart; ) {
      const start = at + lengthBytes
      at = start + uint32At(view, at)
      tags.push(view.toString('utf8', start, at))
    }
    return tags
  }

  /** The same with another lifetime. */
  renewed(freshUntilMs: number, staleUntilMs: number): Uint8Array {
    const bytes = Buffer.from(this.bytes)
    times.set([this.loadedAt, freshUntilMs, staleUntilMs, this.loadMs])
    bytes.set(timesAsBytes, checkedFrom)
    return sealed(bytes)
  }
}

function sealed(bytes: Buffer): Buffer {
  bytes.writeUInt32LE(checksumOf(bytes), 4)
  return bytes
}

function checksumOf(bytes: Uint8Array): number {
  return Bun.hash.crc32(bytes.subarray(checkedFrom))
}

function uint32At(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
}
