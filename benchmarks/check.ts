/** Before anything is measured: do all subjects of a group give the answer that they are compared for? */
import { SQL } from 'bun'
import type { Server } from './server.ts'
import type { Group, Subject } from './subjects.ts'

export interface Running {
  subject: Subject
  server: Server
}

const probes = 200
/** PostgreSQL's backends report their counters up to 10 s after they went idle. */
const countedWithinMs = 20_000

export async function checkGroup(group: Group, running: readonly Running[], replicaUrl: string): Promise<void> {
  const bodies = new Map<string, Uint8Array>()
  for (const one of running) bodies.set(one.subject.name, await checkedBody(one, group.load.headers))
  const expected = bodies.get(group.base)!
  for (const [name, body] of bodies) {
    if (!Buffer.from(body).equals(expected)) throw new Error(differing(group.base, expected, name, body))
  }
  if (!group.readsDatabase) return
  for (const one of running) await checkReads(one, replicaUrl)
}

async function checkedBody(
  { subject, server }: Running,
  headers: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  const url = server.url + subject.path
  // The first answer may be a miss; what is measured are all the later ones.
  await (await fetch(url, { headers })).bytes()
  const response = await fetch(url, { headers })
  const body = await response.bytes()
  if (response.status !== 200) throw new Error(`${subject.name} answered ${response.status} at ${subject.path}`)
  const cache = response.headers.get('x-cache')
  if (subject.cache === 'hit' && cache !== 'HIT') {
    throw new Error(`${subject.name} should answer from its page cache, and X-Cache says ${cache}`)
  }
  if (subject.cache === 'none' && (cache === 'HIT' || cache === 'STALE')) {
    throw new Error(`${subject.name} should not answer from its page cache, and X-Cache says ${cache}`)
  }
  return body
}

function differing(base: string, expected: Uint8Array, name: string, body: Uint8Array): string {
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes.subarray(0, 2_000))
  return `${name} gives other bytes than ${base}, so their rates can't be compared.\n${base}: ${text(expected)}\n${name}: ${text(body)}`
}

/** A cache that nobody thought of would make the comparison worthless: the replica itself counts the reads. */
async function checkReads({ subject, server }: Running, replicaUrl: string): Promise<void> {
  await using sql = new SQL({ url: replicaUrl, max: 1 })
  let ownReads = 0
  const reads = async () => {
    const [row] =
      await sql`select xact_commit::int8 as committed from pg_stat_database where datname = current_database()`
    return Number(row.committed) - ownReads++
  }
  const before = await reads()
  for (let probe = 0; probe < probes; probe++) await (await fetch(server.url + subject.path)).bytes()
  const deadline = performance.now() + countedWithinMs
  for (;;) {
    const counted = (await reads()) - before
    if (counted >= probes) return
    if (performance.now() > deadline) {
      throw new Error(
        `${subject.name} answered ${probes} requests with ${counted} reads of the replica: it has a cache`,
      )
    }
    await Bun.sleep(250)
  }
}
