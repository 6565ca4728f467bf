/** What watching costs writers, as Markdown, for its own section of docs/benchmarks.md. */
import type { Machine } from './machine.ts'
import { type Markers, row } from './report.ts'
import { median, ratiosByRound } from './statistics.ts'

export interface Pass {
  perSecond: number
  /** Of all processes of the server, the relay's work and the readers' among it. */
  cpuMicroseconds: number
}

/** One pass a round each way. */
export interface Writers {
  label: string
  plain: Pass[]
  logged: Pass[]
  read: Pass[]
}

export const changesMarkers: Markers = {
  start: '<!-- changes:start (npm run benchmark:changes -- --write makes what follows) -->',
  end: '<!-- changes:end -->',
}

export function changesSection(
  { cpu, cores, memoryGiB, kernel, bun, postgresql }: Machine,
  { rounds, seconds, readers }: { rounds: number; seconds: number; readers: number },
  writers: readonly Writers[],
): string {
  const rates = writers.map(({ label, plain, logged, read }) =>
    row(label, whole(median(plain.map(rateOf))), ratio(logged, plain, rateOf), ratio(read, plain, rateOf)),
  )
  const costs = writers.map(({ label, plain, logged, read }) =>
    row(label, ...[plain, logged, read].map((passes) => whole(median(passes.map(cpuOf))))),
  )
  return [
    '### Writers of watched tables',
    `Measured on ${cpu}, ${cores} cores, ${memoryGiB} GiB, ${kernel}; Bun ${bun}, PostgreSQL ${postgresql} without a replica, ` +
      `synchronous commit, the clients on the same machine. ${rounds} rounds in turns, ${seconds} s a pass. Logged: the table is ` +
      `watched and nobody runs. Read: a relay works, and ${readers} processes listen.`,
    'Transactions a second, as a share of those on a table that is not watched:',
    [row('', 'not watched, 1/s', 'logged', 'read'), '|---|--:|--:|--:|', ...rates].join('\n'),
    'Server CPU a transaction, µs:',
    [row('', 'not watched', 'logged', 'read'), '|---|--:|--:|--:|', ...costs].join('\n'),
  ].join('\n\n')
}

const rateOf = (pass: Pass) => pass.perSecond
const cpuOf = (pass: Pass) => pass.cpuMicroseconds

function ratio(passes: readonly Pass[], base: readonly Pass[], figure: (pass: Pass) => number): string {
  const spread = ratiosByRound(passes.map(figure), base.map(figure))
  return `${spread.median.toFixed(2)} (${spread.min.toFixed(2)}–${spread.max.toFixed(2)})`
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en')
}
