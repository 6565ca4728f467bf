/** Which ways to read a value are compared, and what of it is promised. */
import type { Reading } from './cache-loop.ts'

export interface Way {
  name: string
  label: string
  /** It runs with the peers' packages. */
  isPeer?: true
}

/** The first way is what the others are compared with. */
export interface Comparison {
  name: string
  title: string
  callers: number
  ways: readonly Way[]
}

export interface Measured {
  comparison: Comparison
  readings: ReadonlyMap<string, readonly Reading[]>
}

export interface Requirement {
  comparison: string
  way: string
  against: string
  atLeast: number
  text: string
}

const redisWays: readonly Way[] = [
  { name: 'redis-raw', label: 'ioredis `GET`, msgpackr' },
  { name: 'redis-raw-tags', label: 'ioredis `MGET` of value and two tags, msgpackr' },
  { name: 'redis', label: '**`remember`**' },
  { name: 'redis-unkept', label: '**`remember`**, `localBytes: 0`' },
]

export const comparisons: readonly Comparison[] = [
  {
    name: 'hit',
    title: 'A hit in the process',
    callers: 1,
    ways: [
      { name: 'hit', label: '**`remember`**' },
      { name: 'bentocache', label: 'BentoCache `getOrSet`', isPeer: true },
      { name: 'cacheable', label: 'cacheable `getOrSet`', isPeer: true },
    ],
  },
  { name: 'redis-1', title: 'A hit in Redis, one caller', callers: 1, ways: redisWays },
  { name: 'redis-64', title: 'A hit in Redis, 64 callers', callers: 64, ways: redisWays },
  { name: 'redis-512', title: 'A hit in Redis, 512 callers', callers: 512, ways: redisWays },
  {
    name: 'sqlite',
    title: 'A hit in SQLite',
    callers: 1,
    ways: [
      { name: 'sqlite-raw', label: 'prepared `select`, msgpackr' },
      { name: 'sqlite', label: '**`remember`**' },
      { name: 'sqlite-unkept', label: '**`remember`**, `localBytes: 0`' },
    ],
  },
]

export const requirements: readonly Requirement[] = [
  { comparison: 'hit', way: 'hit', against: 'bentocache', atLeast: 8, text: 'hit in the process ≥ 8 × BentoCache' },
  { comparison: 'hit', way: 'hit', against: 'cacheable', atLeast: 20, text: 'hit in the process ≥ 20 × cacheable' },
  ...['redis-1', 'redis-64', 'redis-512'].flatMap((comparison) =>
    ['redis', 'redis-unkept'].map((way) => ({
      ...{ comparison, way, against: 'redis-raw', atLeast: 0.8 },
      text: `hit in Redis${way === 'redis' ? '' : ', `localBytes: 0`'}, ${comparison.slice(6)} at once ≥ 0.8 × \`GET\``,
    })),
  ),
  ...['sqlite', 'sqlite-unkept'].map((way) => ({
    ...{ comparison: 'sqlite', way, against: 'sqlite-raw', atLeast: 0.8 },
    text: `hit in SQLite${way === 'sqlite' ? '' : ', `localBytes: 0`'} ≥ 0.8 × \`select\``,
  })),
]
