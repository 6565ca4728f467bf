/** The cache's figures as Markdown, for their own section of docs/benchmarks.md. */
import { availableParallelism, cpus } from 'node:os'
import type { Reading } from './cache-loop.ts'
import type { Memories, Memory } from './cache-memory.ts'
import type { Invalidation } from './cache-tag.ts'
import { type Measured, type Requirement, requirements } from './cache-ways.ts'
import { type Markers, row } from './report.ts'
import { median, ratiosByRound } from './statistics.ts'

export interface CacheRun {
  rounds: number
  redis: string
  measured: readonly Measured[]
  /** Commands that `rememberMany` of a hundred keys sends. */
  roundTrips: string
  memory: Memories
  invalidation: Invalidation
}

export const cacheMarkers: Markers = {
  start: '<!-- cache:start (npm run benchmark:cache -- --write makes what follows) -->',
  end: '<!-- cache:end -->',
}

export function cacheSection(run: CacheRun): string {
  const { rounds, redis, measured, invalidation, roundTrips, memory } = run
  const { keys, pingMs, oneMs, allMs, heldBefore, heldAfter } = invalidation
  return [
    '### Cache',
    `Measured on ${cpus()[0]?.model.trim()}, ${availableParallelism()} cores; Bun ${Bun.version}, Redis ${redis}. ` +
      `Each way in a process of its own, ${rounds} rounds in turns; values of 250 bytes. ` +
      'Ratios are of processor time (user and system) within a round: above 1 is cheaper than the first line.',
    ...measured.flatMap(comparisonTable),
    '#### Other figures',
    `\`rememberMany\` of 100 keys that are in Redis sends ${roundTrips}.`,
    `A tag that ${keys.toLocaleString('en')} keys carry is invalidated in ${ms(allMs)}, one that a single key carries in ` +
      `${ms(oneMs)}; a \`PING\` takes ${ms(pingMs)}. Of 100 of the keys, ${heldBefore} were there before, ${heldAfter} after.`,
    [
      row('memory, bound of 64 MiB', 'values kept', 'counted', 'growth of the process', 'a value'),
      '|---|--:|--:|--:|--:|',
      memoryRow('read once from Redis', memory.readOnce),
      memoryRow('read again', memory.readTwice),
    ].join('\n'),
    '#### Requirements of the cache',
    [row('', 'measured', ''), '|---|--:|---|', ...requirements.flatMap((one) => verdictRow(one, measured))].join('\n'),
  ].join('\n\n')
}

function comparisonTable({ comparison, readings }: Measured): string[] {
  const base = readings.get(comparison.ways[0]!.name)!
  const rows = comparison.ways.map(({ name, label }) => {
    const own = readings.get(name)!
    const ratio = ratiosByRound(costs(base), costs(own))
    const rate = 1e6 / median(own.map(({ microseconds }) => microseconds))
    return row(
      label,
      ratio.median.toFixed(2),
      `${ratio.min.toFixed(2)}–${ratio.max.toFixed(2)}`,
      `${median(costs(own)).toFixed(2)} µs`,
      Math.round(rate).toLocaleString('en'),
    )
  })
  const head = [row('', 'ratio', 'spread', 'CPU a read', 'reads/s'), '|---|--:|--:|--:|--:|']
  return [`#### ${comparison.title}`, [...head, ...rows].join('\n')]
}

/** Of a requirement whose two sides were measured. */
function verdictRow({ comparison, way, against, atLeast, text }: Requirement, measured: readonly Measured[]): string[] {
  const readings = measured.find(({ comparison: { name } }) => name === comparison)?.readings
  if (!readings) return []
  const ratio = ratiosByRound(costs(readings.get(against)!), costs(readings.get(way)!)).median
  return [row(text, ratio.toFixed(2), ratio >= atLeast ? 'pass' : '**miss**')]
}

function memoryRow(label: string, { entries, countedBytes, rssBytes }: Memory): string {
  const each = `${Math.round(rssBytes / entries).toLocaleString('en')} bytes`
  return row(label, entries.toLocaleString('en'), mib(countedBytes), mib(rssBytes), each)
}

function costs(readings: readonly Reading[]): number[] {
  return readings.map(({ cpuMicroseconds }) => cpuMicroseconds)
}

function mib(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`
}

function ms(value: number): string {
  return `${value.toFixed(3)} ms`
}
