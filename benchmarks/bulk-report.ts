/** The figures of bulk writes and streams as Markdown, for their own section of docs/benchmarks.md. */
import type { Machine } from './machine.ts'
import { type Markers, row } from './report.ts'
import { median, ratiosByRound } from './statistics.ts'

export interface Way {
  label: string
  /** One a round. */
  rowsPerSecond: number[]
}

export interface Reading {
  way: 'stream' | 'select'
  rowsPerSecond: number
  /** The peak of the process less what it had before. */
  growthMiB: number
}

export interface Extent {
  rowCount: number
  rounds: number
  singleCount: number
}

export const bulkMarkers: Markers = {
  start: '<!-- bulk:start (npm run benchmark:bulk -- --write makes what follows) -->',
  end: '<!-- bulk:end -->',
}

/** The first way is what the others are compared with. */
export function bulkSection(
  machine: Machine,
  extent: Extent,
  ways: readonly Way[],
  readings: readonly Reading[],
): string {
  const { cpu, cores, memoryGiB, kernel, bun, postgresql } = machine
  const { rowCount, rounds, singleCount } = extent
  const base = ways[0]!.rowsPerSecond
  const writes = ways.map(({ label, rowsPerSecond }) => {
    const { median: ratio, min, max } = ratiosByRound(rowsPerSecond, base)
    return row(label, digits(ratio), `${digits(min)}–${digits(max)}`, whole(median(rowsPerSecond)))
  })
  const reads = (['select', 'stream'] as const).map((way) => {
    const own = readings.filter((reading) => reading.way === way)
    const rate = median(own.map(({ rowsPerSecond }) => rowsPerSecond))
    const growth = median(own.map(({ growthMiB }) => growthMiB))
    return row(way === 'stream' ? '**`stream`**' : '`await` the query', whole(rate), `${whole(growth)} MiB`)
  })
  return [
    '### Many rows at once',
    `Measured on ${cpu}, ${cores} cores, ${memoryGiB} GiB, ${kernel}; Bun ${bun}, PostgreSQL ${postgresql} without a replica. ` +
      `${rowCount.toLocaleString('en')} rows of six columns with a primary key, made as they are written; ${rounds} rounds in turns. ` +
      `Single inserts: ${singleCount.toLocaleString('en')} rows.`,
    [row('', 'ratio', 'spread', 'rows/s'), '|---|--:|--:|--:|', ...writes].join('\n'),
    'Reading them again, in a process of its own:',
    [row('', 'rows/s', 'growth of the process'), '|---|--:|--:|', ...reads].join('\n'),
  ].join('\n\n')
}

function digits(ratio: number): string {
  return ratio.toFixed(ratio < 0.1 ? 3 : 2)
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en')
}
