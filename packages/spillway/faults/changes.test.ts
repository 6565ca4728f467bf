import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { BackgroundConnection } from '../src/database/background/connection.ts'
import type { LoggedChange } from '../src/database/changes/decode.ts'
import { ChangeFeed } from '../src/database/changes/feed.ts'
import { startProgram } from '../src/testing/program.ts'
import { shelfServer } from '../src/testing/shelf.ts'
import { stopTestCluster, type TestDatabase } from '../src/testing/test-database.ts'
import { until } from '../src/testing/until.ts'
import type { HeardLine } from './changes-reader.ts'
import { get, report } from './drill.ts'

const itemsPerDrill = 20
const pagesApp = join(import.meta.dir, '../src/server/fixtures/pages-app.ts')

let server: TestDatabase
beforeAll(async () => {
  server = await shelfServer()
  await server.sql`create table handled (n bigint generated always as identity, item_id integer, rank integer)`
})
afterAll(async () => {
  await server.stop()
  await stopTestCluster()
})

/** A process of `changes-reader.ts` and what it has heard. */
class Reader {
  readonly lines: HeardLine[] = []
  readonly #process = Bun.spawn([process.execPath, join(import.meta.dir, 'changes-reader.ts'), server.primaryUrl], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })

  constructor() {
    readers.push(this)
    void this.#collect()
  }

  get pid(): number {
    return this.#process.pid
  }

  async kill(): Promise<void> {
    this.#process.kill('SIGKILL')
    await this.#process.exited
  }

  /** When it heard of each row's state, by `id:rank`. */
  heardAt(): Map<string, number> {
    return new Map(this.lines.flatMap(({ atMs, rows }) => rows.map(([id, rank]) => [`${id}:${rank}`, atMs] as const)))
  }

  async #collect(): Promise<void> {
    const decoder = new TextDecoder()
    let text = ''
    for await (const part of this.#process.stdout) {
      text += decoder.decode(part, { stream: true })
      const complete = text.split('\n')
      text = complete.pop()!
      for (const line of complete) this.lines.push(JSON.parse(line))
    }
  }
}

const readers: Reader[] = []
afterEach(async () => {
  await Promise.all(readers.splice(0).map((reader) => reader.kill()))
})

/** Empties the shelf and fills it with items of rank 0; `isHeard` by all of the readers. */
async function fillShelf(): Promise<number[]> {
  await server.sql`delete from items`
  const rows = await server.sql`
    insert into items (name, rank) select 'item', 0 from generate_series(1, ${itemsPerDrill}::int) returning id`
  return rows.map(({ id }: { id: number }) => id)
}

async function allListen(id: number): Promise<void> {
  const heard = new Set<Reader>()
  const before = readers.map(({ lines }) => lines.length)
  await until(async () => {
    await server.sql`update items set name = name || '.' where id = ${id}`
    readers.forEach((reader, index) => {
      if (reader.lines.length > before[index]!) heard.add(reader)
    })
    return heard.size === readers.length
  })
}

/** Raises the rank of a random item until `count` writes are done; returns when each was committed, by `id:rank`. */
async function write(ids: number[], count: number, pauseMs: () => number): Promise<Map<string, number>> {
  const committedAt = new Map<string, number>()
  for (let done = 0; done < count; done++) {
    const id = ids[Math.floor(Math.random() * ids.length)]!
    const [row] = await server.sql`update items set rank = rank + 1 where id = ${id} returning rank`
    committedAt.set(`${id}:${row.rank}`, Date.now())
    await Bun.sleep(pauseMs())
  }
  return committedAt
}

/** Pauses after which the next write is due: a slow one is made up for. */
function paced(everyMs: number): () => number {
  let dueAt = performance.now()
  return () => {
    dueAt += everyMs
    return Math.max(0, dueAt - performance.now())
  }
}

/** Milliseconds from commit to hearing, over all readers. */
async function latencies(committedAt: Map<string, number>): Promise<{ p50: number; p99: number; max: number }> {
  const missing = () => readers.reduce((sum, reader) => sum + unheard(committedAt, reader.heardAt()), 0)
  await until(() => missing() === 0, { what: 'every change to be heard', timeoutMs: 20_000 })
  const sorted = readers
    .flatMap((reader) => {
      const heardAt = reader.heardAt()
      return [...committedAt].map(([state, atMs]) => Math.max(0, heardAt.get(state)! - atMs))
    })
    .sort((one, other) => one - other)
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!
  return { p50: at(0.5), p99: at(0.99), max: at(1) }
}

const unheard = (states: Map<string, number>, heardAt: Map<string, number>) =>
  [...states.keys()].filter((state) => !heardAt.has(state)).length

describe('any client’s change reaches three processes', () => {
  test('soon, when little happens and under 500 writes a second', async () => {
    const ids = await fillShelf()
    for (let count = 0; count < 3; count++) new Reader()
    await allListen(ids[0]!)
    const idle = await latencies(await write(ids, 40, () => 50 + Math.random() * 300))
    report('heard after ms, idle', idle)
    const startedAt = performance.now()
    // Five clients with a write each 10 ms.
    const clients = Array.from({ length: 5 }, (_, index) =>
      write(
        ids.filter((_, position) => position % 5 === index),
        1_000,
        paced(10),
      ),
    )
    const committed = new Map((await Promise.all(clients)).flatMap((one) => [...one]))
    const perSecond = Math.round((committed.size * 1_000) / (performance.now() - startedAt))
    const busy = await latencies(committed)
    report('heard after ms, under load', { ...busy, writesPerSecond: perSecond })
    // Generous, for machines that are busy with something else.
    expect(idle.p99).toBeLessThan(3_000)
    expect(busy.p99).toBeLessThan(3_000)
  })
})

describe('the relay is killed again and again', () => {
  test('and every change is heard and handled, each row’s in order', async () => {
    const { sql, primaryUrl } = server
    const ids = await fillShelf()
    const connection = new BackgroundConnection(
      { url: () => primaryUrl, applicationName: 'drill', isPgBouncer: false },
      'changes',
    )
    const feed = new ChangeFeed(connection)
    for (let count = 0; count < 3; count++) new Reader()
    await allListen(ids[0]!)
    await until(async () => (await sql`select from handled`).length > 0, { what: 'the consumer to begin' })
    await feed.read()

    let kills = 0
    let isWriting = true
    const writer = async (own: number[]) => {
      const committed = await write(own, 2_500, () => 0)
      // However fast the writes are: they go on for as long as relays are to be killed under them.
      while (kills < 3) for (const one of await write(own, 100, () => 0)) committed.set(...one)
      return committed
    }
    const writing = Promise.all(
      Array.from({ length: 4 }, (_, index) => writer(ids.filter((_, position) => position % 4 === index))),
    ).finally(() => {
      isWriting = false
    })
    const seen: HeardLine['rows'] = []
    const read = async () => {
      const { batches, hasGap } = await feed.read()
      expect(hasGap).toBeFalse()
      seen.push(...batches.flatMap(({ changes }) => changes.flatMap(stateOf)))
    }
    while (isWriting) {
      const [lease] = await sql`select holder from spillway_changes.leases where name = 'relay'`
      const relay = readers.findIndex(({ pid }) => lease.holder?.includes(` ${pid} `))
      if (relay >= 0) {
        await readers[relay]!.kill()
        readers.splice(relay, 1)
        new Reader()
        kills++
      }
      await read()
      await Bun.sleep(100)
    }
    const committed = new Map((await writing).flatMap((one) => [...one]))
    const handled = async () =>
      [...(await sql`select item_id as id, rank from handled order by n`)].map(({ id, rank }): [number, number] => [
        id,
        rank,
      ])
    const missingFrom = (rows: HeardLine['rows']) =>
      unheard(committed, new Map(rows.map(([id, rank]) => [`${id}:${rank}`, 0])))
    await until(async () => missingFrom(await handled()) === 0, { what: 'all to be handled', timeoutMs: 30_000 })
    await read()
    const all = await handled()
    report('relay killed', { writes: committed.size, kills, handled: all.length })
    expect(missingFrom(seen)).toBe(0)
    // The feed tells each change once; a consumer that was killed gets some again.
    expect(outOfOrder(seen)).toEqual([])
    expect(outOfOrder(firstOfEach(all))).toEqual([])
    await connection.close()
  })
})

function stateOf([, , , row]: LoggedChange): HeardLine['rows'] {
  return row ? [[Number(row[0]), Number(row[1])]] : []
}

function firstOfEach(rows: HeardLine['rows']): HeardLine['rows'] {
  return [...new Map(rows.toReversed().map((row) => [row.join(), row])).values()].toReversed()
}

/** States of an item that came after a later one. */
function outOfOrder(rows: HeardLine['rows']): HeardLine['rows'] {
  const last = new Map<number, number>()
  return rows.filter(([id, rank]) => {
    const isLate = rank < (last.get(id) ?? 0)
    last.set(id, rank)
    return isLate
  })
}

describe('stored pages', () => {
  test('are fresh in every worker after a change by another client', async () => {
    await using program = await startProgram(pagesApp, { env: { WEB_WORKERS: '3' } })
    const { primaryUrl } = (await (await get(program, '/database')).json()) as { primaryUrl: string }
    await using sql = new Bun.SQL(primaryUrl, { max: 1 })
    const ranks = async () => {
      const answers = await Promise.all(Array.from({ length: 12 }, () => get(program, '/items/1')))
      return await Promise.all(answers.map(async (answer) => ((await answer.json()) as { rank: number }).rank))
    }
    await sql`insert into items (name, rank) values ('kettle', 0)`
    await until(async () => (await ranks()).every((rank) => rank === 0))
    const tookMs: number[] = []
    for (let rank = 1; rank <= 20; rank++) {
      await sql`update items set rank = ${rank} where id = 1`
      const changedAt = performance.now()
      await until(async () => (await ranks()).every((shown) => shown === rank), { what: `rank ${rank} everywhere` })
      tookMs.push(Math.round(performance.now() - changedAt))
    }
    report('pages fresh in all workers after ms', { max: Math.max(...tookMs), all: tookMs.join(' ') })
    const hits = await Promise.all(Array.from({ length: 12 }, () => get(program, '/items/1')))
    expect(hits.some((answer) => answer.headers.get('x-cache') === 'HIT')).toBeTrue()
    expect(await program.stop()).toBe(0)
  })
})

describe('writers', () => {
  test('are slowed down little', async () => {
    const { sql } = server
    new Reader()
    const ids = await fillShelf()
    await allListen(ids[0]!)
    const writesPerSecond = async () => {
      const startedAt = performance.now()
      let writes = 0
      while (performance.now() - startedAt < 700) {
        await sql`update items set rank = rank + 1 where id = ${ids[writes++ % ids.length]!}`
      }
      return (writes * 1_000) / (performance.now() - startedAt)
    }
    const ratios: number[] = []
    for (let round = 0; round < 9; round++) {
      await sql`alter table items disable trigger spillway_changes`
      const without = await writesPerSecond()
      await sql`alter table items enable trigger spillway_changes`
      const withTrigger = await writesPerSecond()
      ratios.push(withTrigger / without)
    }
    const sorted = ratios.toSorted((one, other) => one - other).map((ratio) => Number(ratio.toFixed(2)))
    report('writes a second with triggers, as a share of those without', { median: sorted[4], all: sorted.join(' ') })
    expect(sorted[4]!).toBeGreaterThan(0.4)
  })
})
