/**
 * One process of the drill on reading one's own writes: it has sessions that write and read, and serves those of its
 * siblings. Told what to do by messages of its parent.
 *
 * @module
 */
import { eq, sql } from 'drizzle-orm'
import { Hono } from 'hono'
import { items, itemsDatabase } from '../src/database/fixtures/items.ts'
import { followPositions, writtenPositions } from '../src/database/index.ts'
import { createLogger, platformSettings, readSettings, runInContext } from '../src/foundation/index.ts'
import { consistencyHeader } from '../src/http/consistency.ts'
import { createPipeline } from '../src/http/index.ts'

/** What the parent asks for. */
export interface Round {
  /** The sessions' rows begin here. */
  firstSession: number
  sessions: number
  pairs: number
  /** Base URLs of all peers: each request goes to a random one. */
  peers: string[]
  /** Hand on what was written, or forget it, to show that the drill can fail. */
  keepsTokens: boolean
}

export interface RoundResult {
  reads: number
  stale: number
  byReplica: number
}

/** Rows that each session writes to, at random. */
export const rowsPerSession = 8

/** The way in which a session's token goes from one of its requests to the next. */
type Carrier = 'header' | 'cookie' | 'context'

const database = itemsDatabase()
const { db } = database
const rankOf = db
  .select({ rank: items.rank })
  .from(items)
  .where(eq(items.id, sql.placeholder('id')))
  .prepare('rank_of')
const setRank = db
  .update(items)
  .set({ rank: sql`${sql.placeholder('rank')}::int` })
  .where(eq(items.id, sql.placeholder('id')))
  .prepare('set_rank')

const { PRIMARY_URL = '', REPLICA_URL = '' } = process.env
const logger = createLogger('peer', 'silent')
const settings = readSettings(platformSettings, process.env)
database.start({ primaryUrl: PRIMARY_URL, replicaUrls: [REPLICA_URL], applicationName: 'peer', settings, logger })

const routes = new Hono()
  .get('/rank/:id', async (context) => {
    const [row] = await rankOf.execute({ id: Number(context.req.param('id')) })
    return context.text(String(row?.rank))
  })
  .put('/rank/:id/:rank', async (context) => {
    const { id, rank } = context.req.param()
    await setRank.execute({ id: Number(id), rank: Number(rank) })
    return context.body(null, 204)
  })
const pipeline = createPipeline({ routes, logger, pageCacheBytes: 0, secret: 'the same in all peers' })
const server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: pipeline.fetch })
const here = `http://127.0.0.1:${server.port}`

process.on('message', async (round: Round) => process.send?.(await run(round)))
process.on('disconnect', () => process.exit(0))
process.send?.(here)

async function run({ firstSession, sessions, pairs, peers, keepsTokens }: Round): Promise<RoundResult> {
  const before = byReplica()
  const rounds = Array.from({ length: sessions }, (_, index) => {
    const number = firstSession + index
    const carrier = (['header', 'context', 'cookie', 'context'] as const)[number % 4]!
    const session = carrier === 'context' ? contextSession() : httpSession(peers, carrier)
    return writeAndRead(session, number, Math.ceil(pairs / sessions), keepsTokens)
  })
  const stale = (await Promise.all(rounds)).reduce((sum, one) => sum + one, 0)
  return { reads: Math.ceil(pairs / sessions) * sessions, stale, byReplica: byReplica() - before }
}

const byReplica = () => database.status()[1]!.statements

interface Session {
  write(id: number, rank: number): Promise<void>
  read(id: number): Promise<number>
  forget(): void
}

/** @returns how many reads were stale. */
async function writeAndRead(session: Session, number: number, pairs: number, keepsTokens: boolean): Promise<number> {
  const written = new Map<number, number>()
  let stale = 0
  for (let pair = 0; pair < pairs; pair++) {
    const id = number * rowsPerSession + Math.floor(Math.random() * rowsPerSession) + 1
    const rank = Math.floor(Math.random() * 2 ** 31)
    await session.write(id, rank)
    written.set(id, rank)
    if (!keepsTokens) session.forget()
    // Any row of the session, most often the one that was written last.
    const [asked, expected] = Math.random() < 0.8 ? [id, rank] : [...written][Math.floor(Math.random() * written.size)]!
    if ((await session.read(asked)) !== expected) stale++
  }
  return stale
}

/** As browsers and API clients do it, at a process of the fleet's choice. */
function httpSession(peers: string[], carrier: Exclude<Carrier, 'context'>): Session {
  let token: string | undefined
  const ask = async (path: string, method: string) => {
    const headers: Record<string, string> = {}
    if (token) headers[carrier === 'header' ? consistencyHeader : 'cookie'] = token
    const peer = peers[Math.floor(Math.random() * peers.length)]!
    const init = { method, headers }
    const response = await (peer === here ? pipeline.fetch(new Request(here + path, init)) : fetch(peer + path, init))
    const given = carrier === 'header' ? consistencyHeader : 'set-cookie'
    token = response.headers.get(given)?.split(';')[0] ?? token
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return await response.text()
  }
  return {
    write: async (id, rank) => void (await ask(`/rank/${id}/${rank}`, 'PUT')),
    read: async (id) => Number(await ask(`/rank/${id}`, 'GET')),
    forget: () => {
      token = undefined
    },
  }
}

/** As tasks do it: what one has written is told to the next. */
function contextSession(): Session {
  let positions: string | undefined
  const inTurn = <Result>(id: string, work: () => Promise<Result>) =>
    runInContext({ id }, async () => {
      if (positions) followPositions(positions)
      const result = await work()
      positions = (await writtenPositions()) ?? positions
      return result
    })
  return {
    write: (id, rank) => inTurn('write', async () => void (await setRank.execute({ id, rank }))),
    read: (id) => inTurn('read', async () => (await rankOf.execute({ id }))[0]?.rank ?? Number.NaN),
    forget: () => {
      positions = undefined
    },
  }
}
