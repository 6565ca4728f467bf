/** The arithmetic of the tables: ratios are taken round by round, so that a slow minute of the machine hits both sides. */

export interface Spread {
  median: number
  min: number
  max: number
}

export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('The median of no values is undefined')
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Ratio of each round's value to the base's value of the same round. */
export function ratiosByRound(values: readonly number[], base: readonly number[]): Spread {
  if (values.length !== base.length) {
    throw new RangeError(`Ratios need the same number of rounds on both sides, not ${values.length} and ${base.length}`)
  }
  const ratios = values.map((value, round) => value / base[round]!)
  return { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) }
}
