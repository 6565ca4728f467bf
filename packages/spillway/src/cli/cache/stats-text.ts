/** The figures of caches as people read them. @module */
import type { HotKey, ProcessFigures, StrategyFigures, TierUsage } from '../../cache/index.ts'
import { amount, moment, percent, plural, size } from '../quantities.ts'
import { bold, dim } from '../style.ts'
import { type Column, table } from '../table.ts'
import type { Summary } from './summary.ts'

/** A place where caches are shared. */
export interface TierState extends TierUsage {
  place: string
  caches: string[]
}

interface Report {
  processes: Omit<ProcessFigures, 'caches'>[]
  tiers: TierState[]
  caches: Summary[]
}

/** A column of counts. */
const count = <Row>(title: string, of: (row: Row) => number): Column<Row> => {
  return { title, align: 'right', of: (row) => amount(of(row)) }
}

const cacheColumns: Column<Summary>[] = [
  { title: 'cache', of: ({ name }) => name },
  { title: 'hit rate', align: 'right', of: ({ hitRate, counts }) => (isUsed(counts) ? percent(hitRate) : '') },
  count('local', ({ counts }) => counts.localHits),
  count('shared', ({ counts }) => counts.sharedHits),
  count('stale', ({ counts }) => counts.staleServed),
  count('misses', ({ counts }) => counts.misses),
  count('loads', ({ counts }) => counts.loads),
  count('failed', ({ counts }) => counts.loadFailures),
  count('waits', ({ counts }) => counts.waits),
  count('sets', ({ counts }) => counts.sets),
  count('deletes', ({ counts }) => counts.deletes),
  count('evicted', ({ local }) => local.evictions),
  count('errors', ({ counts }) => counts.corrupt + counts.tierErrors),
  count('entries', ({ local }) => local.entries),
  { title: 'bytes', align: 'right', of: ({ local }) => size(local.bytes) },
]

type StrategyRow = StrategyFigures & { cache: string; name: string }

const strategyColumns: Column<StrategyRow>[] = [
  { title: 'cache', of: ({ cache }) => cache },
  { title: 'strategy', of: ({ name }) => name },
  count('local', ({ localHits }) => localHits),
  count('shared', ({ sharedHits }) => sharedHits),
  count('stale', ({ staleServed }) => staleServed),
  count('loads', ({ loads }) => loads),
]

const hotColumns: Column<HotKey & { cache: string }>[] = [
  { title: 'cache', of: ({ cache }) => cache },
  count('hits', ({ hits }) => hits),
  { title: 'hot key', of: ({ key }) => key },
]

/** @param counted since when. */
export function statsText({ processes, tiers, caches }: Report, counted: string): string {
  const strategies = caches.flatMap(({ name: cache, strategies }) =>
    Object.entries(strategies).map(([name, figures]) => ({ cache, name, ...figures })),
  )
  const hot = caches.flatMap(({ name: cache, hotKeys }) => hotKeys.map((one) => ({ cache, ...one })))
  return [
    `${bold('fleet')}  ${fleetLine(processes, counted)}`,
    ...tiers.map(tierLine),
    ...(caches.length > 0 ? ['', table(caches, cacheColumns)] : []),
    ...(strategies.length > 0 ? ['', table(strategies, strategyColumns)] : []),
    ...(hot.length > 0 ? ['', table(hot, hotColumns)] : []),
    '',
  ].join('\n')
}

function fleetLine(processes: Report['processes'], counted: string): string {
  if (processes.length === 0) return 'no process has told anything in the last seconds'
  const roles = [...Map.groupBy(processes, ({ role }) => role)].map(([role, group]) => `${group.length} ${role}`)
  const first = Math.min(...processes.map(({ startedAtMs }) => startedAtMs))
  const told = `${plural(processes.length, 'process', 'processes')} (${roles.join(', ')})`
  return `${told}, counted ${counted}; the first began ${moment(new Date(first))}`
}

function tierLine({ place, caches, entries, bytes }: TierState): string {
  return `${bold('tier')}   ${place}: ${plural(entries, 'entry', 'entries')}, ${size(bytes)} ${dim(`for ${caches.join(', ')}`)}`
}

const isUsed = ({ localHits, sharedHits, staleServed, misses }: Summary['counts']) =>
  localHits + sharedHits + staleServed + misses > 0
