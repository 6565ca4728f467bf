/**
 * Which compression a client gets, and the compressing itself.
 *
 * @module
 */
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib'

/** In the order in which the server prefers them; the index is used in place of the name on the hot path. */
export const encodings = ['identity', 'br', 'zstd', 'gzip'] as const

const identity = 0
const preferred = [1, 2, 3]

/** Below this, headers outweigh what compression saves. */
const compressedMinBytes = 256

/** Clients send few different headers; a flood of invented ones must not grow this. */
const rememberedMax = 512
const remembered = new Map<string, number>()

/** The index in `encodings` of the best one that an `Accept-Encoding` header allows. */
export function negotiateEncoding(header: string | null): number {
  if (header === null) return identity
  const known = remembered.get(header)
  if (known !== undefined) return known
  if (remembered.size >= rememberedMax) remembered.clear()
  const chosen = parse(header)
  remembered.set(header, chosen)
  return chosen
}

function parse(header: string): number {
  const weights = new Map<string, number>()
  for (const part of header.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim())
    const q = parameters.find((parameter) => parameter.startsWith('q='))
    const weight = q === undefined ? 1 : Number(q.slice(2))
    weights.set(name, Number.isNaN(weight) ? 0 : weight)
  }
  const weightOf = (index: number) => weights.get(encodings[index]!) ?? weights.get('*') ?? 0
  return preferred.reduce(
    (best, index) => (weightOf(index) > (best === identity ? 0 : weightOf(best)) ? index : best),
    identity,
  )
}

/** Text-like answers of some size; pictures and archives are compressed already. */
export function isCompressible(contentType: string, sizeBytes: number): boolean {
  if (sizeBytes < compressedMinBytes) return false
  return /^text\/|\bjson\b|\bxml\b|javascript|\bsvg\b|manifest|wasm/.test(contentType)
}

const compressors = {
  // 5 is where brotli's curve flattens: most of the gain for answers that are made on demand.
  br: promisify(brotliCompress),
  zstd: promisify(zstdCompress),
  gzip: promisify(gzip),
}

/** Compresses on the thread pool, so that the event loop goes on. */
export async function compress(body: Uint8Array, encoding: number): Promise<Uint8Array> {
  switch (encodings[encoding]) {
    case 'br':
      return await compressors.br(body, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.byteLength },
      })
    case 'zstd':
      return await compressors.zstd(body)
    case 'gzip':
      return await compressors.gzip(body)
    default:
      return body
  }
}
