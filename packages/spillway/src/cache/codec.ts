/**
 * Values as bytes: JSON where it loses nothing, else msgpack; compressed when that pays, encrypted when it must be.
 *
 * @module
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Packr } from 'msgpackr'
import { SpillwayError } from '../foundation/index.ts'
import { isJson } from './json.ts'

export interface CodecOptions {
  /** Values whose bytes are more than this are compressed with zstd. @default 1024 */
  compressFromBytes?: number
  /** Encrypts with AES-256-GCM. */
  encryption?: EncryptionKeys
}

export interface EncryptionKeys {
  /** The key that new values are encrypted with: an id in `keys`. */
  current: string
  /** Keys of 32 bytes by id; old ones stay until nothing is encrypted with them any more. */
  keys: Record<string, Uint8Array>
}

/** The bytes are not ours, not whole, or of a key that we don't have. The cache counts it as a miss. */
export class CorruptValueError extends SpillwayError {
  constructor(message: string, cause?: unknown) {
    super('CACHE_VALUE_CORRUPT', message, { cause })
  }
}

/** A value that nobody else has, and the JSON that it was read from, if it was. */
export interface Decoded {
  value: unknown
  text: string | undefined
}

const compressed = 1
const encrypted = 2
/** Bun reads JSON three times as fast as msgpack. */
const json = 4
const nonceBytes = 12
const tagBytes = 16
const algorithm = 'aes-256-gcm'

export class Codec {
  // Records keep objects apart from Maps; a Date, Set, bigint or Error has its own type. Bytes are copied: as a part of
  // what came over the network they would keep all of that in memory.
  readonly #packr = new Packr({ moreTypes: true, largeBigIntToString: false, copyBuffers: true })
  readonly #compressFromBytes: number
  readonly #encryption: EncryptionKeys | undefined

  constructor({ compressFromBytes = 1_024, encryption }: CodecOptions = {}) {
    this.#compressFromBytes = compressFromBytes
    this.#encryption = encryption
    if (encryption && encryption.keys[encryption.current]?.byteLength !== 32) {
      throw new SpillwayError('CACHE_KEY_INVALID', `The encryption key "${encryption.current}" has not 32 bytes.`, {
        hint: 'Make one with `openssl rand -base64 32`.',
      })
    }
  }

  /** One byte that says how, then the value. */
  encode(value: unknown): Uint8Array {
    const asJson = isJson(value)
    const packed = asJson ? Buffer.from(JSON.stringify(value)) : this.#packr.pack(value)
    let flags = asJson ? json : 0
    let body: Uint8Array = packed
    if (packed.byteLength > this.#compressFromBytes) {
      const smaller = Bun.zstdCompressSync(packed, { level: 1 })
      if (smaller.byteLength < packed.byteLength) {
        body = smaller
        flags |= compressed
      }
    }
    if (this.#encryption) {
      body = encrypt(body, this.#encryption)
      flags |= encrypted
    }
    const bytes = new Uint8Array(body.byteLength + 1)
    bytes[0] = flags
    bytes.set(body, 1)
    return bytes
  }

  /**
   * @param start where the value begins in the bytes.
   * @throws {CorruptValueError}
   */
  decode(bytes: Uint8Array, start = 0): Decoded {
    const flags = bytes[start]
    if (flags === undefined || flags > (compressed | encrypted | json)) {
      throw new CorruptValueError('The value is not ours.')
    }
    try {
      // What was declared as encrypted may not come in the clear: someone else would have written it.
      if (this.#encryption && !(flags & encrypted)) throw new CorruptValueError('The value is not encrypted.')
      if (flags === json) return parsed(bufferOf(bytes).toString('utf8', start + 1))
      let body = bytes.subarray(start + 1)
      if (flags & encrypted) body = decrypt(body, this.#encryption)
      if (flags & compressed) body = Bun.zstdDecompressSync(body)
      return flags & json ? parsed(bufferOf(body).toString()) : { value: this.#packr.unpack(body), text: undefined }
    } catch (error) {
      if (error instanceof CorruptValueError) throw error
      throw new CorruptValueError('The value could not be read.', error)
    }
  }
}

function parsed(text: string): Decoded {
  return { value: JSON.parse(text), text }
}

/** The same memory. */
function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Length of the key's id, the id, nonce, authentication tag, ciphertext. */
function encrypt(body: Uint8Array, { current, keys }: EncryptionKeys): Uint8Array {
  const id = Buffer.from(current)
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv(algorithm, keys[current]!, nonce).setAAD(id)
  const text = Buffer.concat([cipher.update(body), cipher.final()])
  return Buffer.concat([Uint8Array.of(id.byteLength), id, nonce, cipher.getAuthTag(), text])
}

function decrypt(bytes: Uint8Array, encryption: EncryptionKeys | undefined): Uint8Array {
  const idEnd = 1 + (bytes[0] ?? 0)
  const id = bytes.subarray(1, idEnd)
  const key = encryption?.keys[Buffer.from(id).toString()]
  if (!key) throw new CorruptValueError('The key that the value is encrypted with is not known.')
  const nonce = bytes.subarray(idEnd, idEnd + nonceBytes)
  const tag = bytes.subarray(idEnd + nonceBytes, idEnd + nonceBytes + tagBytes)
  const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes }).setAAD(id).setAuthTag(tag)
  return Buffer.concat([decipher.update(bytes.subarray(idEnd + nonceBytes + tagBytes)), decipher.final()])
}
