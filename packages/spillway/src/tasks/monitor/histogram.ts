/**
 * Durations in buckets. Those of many processes add up, so percentiles of a fleet are of all its tasks, and not averages
 * of averages.
 *
 * @module
 */

/** Bucket, count, bucket, count…: as it travels. */
export type Buckets = number[]

export interface Percentiles {
  count: number
  /** Milliseconds, as the others. */
  p50: number
  p95: number
  p99: number
}

/**
 * A bucket is what a double's exponent and the first bits of its fraction say: sixteen between a number and its double,
 * at every magnitude, so the middle of one is at most 3 % away from what fell into it.
 */
const keptBits = 16
const leastMs = 0.001
const double = new DataView(new ArrayBuffer(8))

export class Histogram {
  readonly #counts = new Map<number, number>()

  add(ms: number): void {
    double.setFloat64(0, Math.max(leastMs, ms))
    this.#count(double.getUint32(0) >>> keptBits, 1)
  }

  merge(buckets: Buckets): void {
    for (let at = 0; at + 1 < buckets.length; at += 2) this.#count(buckets[at]!, buckets[at + 1]!)
  }

  toJSON(): Buckets {
    return [...this.#counts].flat()
  }

  /** Undefined when nothing was added. */
  percentiles(): Percentiles | undefined {
    const sorted = [...this.#counts].sort(([one], [other]) => one - other)
    const count = sorted.reduce((sum, [, one]) => sum + one, 0)
    if (count === 0) return undefined
    const at = (share: number) => middleOf(bucketAt(sorted, Math.ceil(share * count)))
    return { count, p50: at(0.5), p95: at(0.95), p99: at(0.99) }
  }

  #count(bucket: number, count: number): void {
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + count)
  }
}

/** The one that holds the n-th of all, from the smallest on. */
function bucketAt(sorted: [bucket: number, count: number][], nth: number): number {
  let seen = 0
  for (const [bucket, count] of sorted) {
    seen += count
    if (seen >= nth) return bucket
  }
  return sorted.at(-1)![0]
}

const middleOf = (bucket: number) => (startOf(bucket) + startOf(bucket + 1)) / 2

function startOf(bucket: number): number {
  double.setUint32(0, bucket << keptBits)
  double.setUint32(4, 0)
  return double.getFloat64(0)
}
