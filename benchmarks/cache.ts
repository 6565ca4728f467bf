/**
 * The cache beside what people would use instead: `npm run benchmark:cache -- [--rounds 3] [--keys 1000000] [--write]`.
 *
 * Each way to read a value runs in turn, round by round, in a process of its own, against a Redis of its own.
 *
 * @module
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startRedis } from 'spillway/testing'
import type { Reading } from './cache-loop.ts'
import type { Memories } from './cache-memory.ts'
import { cacheMarkers, cacheSection } from './cache-report.ts'
import { countRoundTrips, stock } from './cache-stock.ts'
import type { Invalidation } from './cache-tag.ts'
import { type Comparison, comparisons, type Measured } from './cache-ways.ts'
import { peersFolder } from './paths.ts'
import { installPeers } from './peers.ts'
import { writePage } from './report.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    /** That carry the tag which is invalidated. */
    keys: { type: 'string', default: '1000000' },
    /** Names of comparisons; all without it. */
    only: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)

await installPeers((text) => console.error(text), new AbortController().signal)
await using cleanUp = new AsyncDisposableStack()
const folder = await mkdtemp(join(tmpdir(), 'spillway-cache-benchmark-'))
cleanUp.defer(() => rm(folder, { recursive: true, force: true }))
const redis = cleanUp.use(await startRedis())
await stock(redis.url, folder)

const measured: Measured[] = []
const only = values.only.split(',').filter(Boolean)
for (const comparison of comparisons.filter(({ name }) => only.length === 0 || only.includes(name))) {
  measured.push({ comparison, readings: await measure(comparison) })
}
const section = cacheSection({
  ...{ rounds, measured },
  redis: /redis_version:(\S+)/.exec(String(await redis.command('INFO', 'server')))?.[1] ?? 'unknown',
  roundTrips: await countRoundTrips(redis),
  memory: await child<Memories>('cache-memory.ts', redis.url),
  invalidation: await child<Invalidation>('cache-tag.ts', redis.url, values.keys),
})
console.log(section)
if (values.write) console.error(`Written to ${await writePage(section, cacheMarkers)}`)

/** By way, one reading a round. */
async function measure({ name, callers, ways }: Comparison): Promise<Map<string, Reading[]>> {
  const readings = new Map<string, Reading[]>(ways.map((way) => [way.name, []]))
  for (let round = 1; round <= rounds; round++) {
    console.error(`${name}: round ${round} of ${rounds}`)
    for (const way of ways) {
      const reading = way.isPeer
        ? await child<Reading>(join(peersFolder, 'cache-hit.js'), way.name)
        : await child<Reading>('cache-pass.ts', way.name, String(callers), redis.url, folder)
      readings.get(way.name)!.push(reading)
    }
  }
  return readings
}

async function child<Answer>(script: string, ...args: string[]): Promise<Answer> {
  const command = [process.execPath, script, ...args]
  const spawned = Bun.spawn(command, { cwd: import.meta.dir, stdio: ['ignore', 'pipe', 'inherit'] })
  const answer = await spawned.stdout.text()
  if ((await spawned.exited) !== 0) throw new Error(`${command.slice(1).join(' ')} failed`)
  // The scripts print what their types say.
  return JSON.parse(answer) as Answer
}
