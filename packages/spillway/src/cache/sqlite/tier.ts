/**
 * The shared tier of one machine: an SQLite file that all processes of the machine open.
 *
 * @module
 */
import type { Database } from 'bun:sqlite'
import { readFileSync } from 'node:fs'
import { type Floors, highestFloors, noFloors, parseFloors } from '../../foundation/index.ts'
import { TierAwayError } from '../errors.ts'
import type { Invalidation, LeaseAnswer, LeaseRequest, Reading, SharedTier, TagVersion } from '../shared-tier.ts'
import { openSqliteFile, SharedFile } from './file.ts'

/** The sequence begins with the clock: a file that replaces another gives none of its numbers again. */
const schema = `
  create table if not exists meta (name text primary key, value) without rowid;
  create table if not exists entries (key text primary key, bytes blob not null, until_ms integer not null) without rowid;
  create index if not exists entries_until on entries (until_ms);
  create table if not exists counters (key text primary key, value integer not null, until_ms integer not null) without rowid;
  create table if not exists leases (
    key text primary key, token text not null, sequence integer not null, until_ms integer not null, failure text
  ) without rowid;
  create table if not exists tags (name text primary key, hard integer not null, soft integer not null, until_ms integer not null) without rowid;
  insert or ignore into meta values ('sequence', cast(unixepoch('subsec') * 1000000 as integer));`

const pragmas = ['cache_size = -16000', 'mmap_size = 268435456']

const sweepIntervalMs = 10_000
/** A tag that is forgotten voids what carries it, so it only must outlive what is read often. */
const tagLifeMs = 7 * 86_400_000
/** Versions of tags that a process keeps while nothing is invalidated. */
const keptMax = 10_000

export interface SqliteTierOptions {
  path: string
  /** Bound of the file; what would expire first leaves first. @default 512 MiB */
  maxBytes?: number
}

export class SqliteTier implements SharedTier {
  readonly name = 'sqlite'
  readonly epoch = bootId()
  readonly #file: SharedFile<{ db: Database; statements: Statements }>
  readonly #maxBytes: number
  /** Of the file as it was when the current call began. */
  #statements: Statements
  readonly #sweeper: ReturnType<typeof setInterval>
  readonly #kept = new Map<string, TagVersion>()
  #versionsAt = 0

  constructor({ path, maxBytes = 512 * 2 ** 20 }: SqliteTierOptions) {
    this.#maxBytes = maxBytes
    this.#file = new SharedFile(path, () => {
      const db = open(path, this.epoch)
      return { db, statements: prepare(db) }
    })
    this.#statements = this.#file.current.statements
    this.#sweeper = setInterval(() => this.#sweep(), sweepIntervalMs)
    this.#sweeper.unref()
  }

  nowMs(): number {
    return Date.now()
  }

  read(keys: readonly string[], tags: readonly string[]): Promise<Reading> {
    return this.#try(() => {
      const nowMs = Date.now()
      let sequence: number | undefined
      const entries: Reading['entries'] = []
      for (const key of keys) {
        const row = this.#statements.entry.get(key, nowMs)
        entries.push(row?.bytes)
        sequence = row?.sequence
      }
      // Versions after values: an invalidation in between is seen, and one before them voids what it should.
      return { entries, versions: this.#versions(tags, sequence ?? this.#sequence()) }
    })
  }

  write(key: string, bytes: Uint8Array, ttlMs: number, tags: readonly string[]): Promise<void> {
    return this.#change(() => {
      this.#statements.endLease.run(key)
      this.#put(key, bytes, ttlMs, tags)
    })
  }

  sequence(): Promise<number> {
    return this.#try(() => this.#sequence())
  }

  replace(key: string, expected: Uint8Array, bytes: Uint8Array, ttlMs: number): Promise<boolean> {
    return this.#change(() => {
      const current = this.#statements.entry.get(key, Date.now())?.bytes
      if (!current || !Buffer.from(current).equals(expected)) return false
      this.#put(key, bytes, ttlMs, [])
      return true
    })
  }

  delete(keys: readonly string[]): Promise<number> {
    return this.#change(() => {
      let count = 0
      for (const key of keys) {
        this.#statements.endLease.run(key)
        count += this.#statements.remove.run(key).changes
      }
      return count
    })
  }

  lease({ key, token, forMs, voidBefore }: LeaseRequest): Promise<LeaseAnswer> {
    return this.#change((): LeaseAnswer => {
      const nowMs = Date.now()
      const held = this.#statements.lease.get(key, nowMs)
      if (held?.failure != null) return { kind: 'failed', message: held.failure }
      if (held && held.sequence >= voidBefore) return { kind: 'held' }
      const sequence = this.#sequence()
      this.#statements.takeLease.run(key, token, sequence, nowMs + forMs)
      const bytes = this.#statements.entry.get(key, nowMs)?.bytes
      return { kind: 'granted', sequence, floors: this.#floors(), bytes }
    })
  }

  renew(key: string, token: string, forMs: number): Promise<boolean> {
    return this.#change(() => this.#statements.renew.run(Date.now() + forMs, key, token).changes > 0)
  }

  fill(key: string, token: string, bytes: Uint8Array, ttlMs: number, tags: readonly string[]): Promise<boolean> {
    return this.#change(() => {
      if (this.#statements.endOwnLease.run(key, token).changes === 0) return false
      this.#put(key, bytes, ttlMs, tags)
      return true
    })
  }

  fail(key: string, token: string, failure?: { message: string; forMs: number }): Promise<void> {
    return this.#change(() => {
      if (!failure) this.#statements.endOwnLease.run(key, token)
      else this.#statements.failLease.run(failure.message, Date.now() + failure.forMs, key, token)
    })
  }

  invalidate(tags: readonly string[], kind: 'hard' | 'soft', floors = noFloors): Promise<Invalidation> {
    return this.#change((): Invalidation => {
      this.#raise(floors)
      const { sequence } = this.#statements.nextSequence.get()!
      const until = Date.now() + tagLifeMs
      for (const tag of tags) this.#statements[kind].run(tag, sequence, until)
      return 'done'
    })
  }

  increment(key: string, by: number, ttlMs: number): Promise<number> {
    return this.#change(() => {
      const nowMs = Date.now()
      return this.#statements.increment.get(key, by, nowMs + ttlMs, nowMs)!.value
    })
  }

  async *scan(pattern: string): AsyncIterable<string> {
    for (const { key } of this.#file.current.statements.scan.iterate(pattern, Date.now())) yield key
  }

  async close(): Promise<void> {
    clearInterval(this.#sweeper)
    this.#file.close()
  }

  /** Versions change with the sequence only: those that were read since its last change are kept. */
  #versions(tags: readonly string[], sequence: number): TagVersion[] {
    if (this.#versionsAt !== sequence || this.#kept.size > keptMax) {
      this.#kept.clear()
      this.#versionsAt = sequence
    }
    const versions: TagVersion[] = []
    for (const name of tags) {
      const version = this.#kept.get(name) ?? this.#statements.tag.get(name) ?? undefined
      // Unknown ones become known without a new number.
      if (version) this.#kept.set(name, version)
      versions.push(version)
    }
    return versions
  }

  #sequence(): number {
    return this.#statements.sequence.get()!.value
  }

  #floors(): Floors {
    return parseFloors(this.#statements.floors.get()?.value)
  }

  #raise(floors: Floors): void {
    if (Object.keys(floors).length === 0) return
    this.#statements.setFloors.run(JSON.stringify(highestFloors(this.#floors(), floors)))
  }

  #put(key: string, bytes: Uint8Array, ttlMs: number, tags: readonly string[]): void {
    const nowMs = Date.now()
    this.#statements.put.run(key, bytes, nowMs + Math.ceil(ttlMs))
    if (tags.length === 0) return
    // A tag that isn't known may have been invalidated and forgotten: what began to load before now doesn't hold.
    const sequence = this.#sequence()
    for (const tag of tags) this.#statements.knowTag.run(tag, sequence, nowMs + tagLifeMs)
  }

  /** Writers wait for each other here, so that what is read before a write is still true with it. */
  #change<Result>(work: () => Result): Promise<Result> {
    return this.#try(() => {
      this.#statements.begin.run()
      try {
        const result = work()
        this.#statements.commit.run()
        return result
      } catch (error) {
        this.#statements.rollback.run()
        throw error
      }
    })
  }

  async #try<Result>(work: () => Result): Promise<Result> {
    try {
      this.#statements = this.#file.current.statements
      return work()
    } catch (error) {
      throw new TierAwayError(this.name, error)
    }
  }

  /** Expired rows, and the first to expire when the file is too large. */
  #sweep(): void {
    try {
      const nowMs = Date.now()
      const { db, statements } = this.#file.current
      db.transaction(() => {
        for (const table of ['entries', 'counters', 'leases', 'tags']) {
          db.run(`delete from ${table} where until_ms <= ?`, [nowMs])
        }
        const { bytes } = statements.usedBytes.get()!
        if (bytes <= this.#maxBytes) return
        const share = Math.min(0.5, 1.1 - this.#maxBytes / bytes)
        statements.evict.run(share)
      }).immediate()
    } catch {
      // Another process holds the file, or sweeps just now: the next time will do.
    }
  }
}

function open(path: string, epoch: string): Database {
  const db = openSqliteFile(path, pragmas)
  db.transaction(() => {
    db.run(schema)
    const kept = db.query<{ value: string }, []>("select value from meta where name = 'epoch'").get()
    if (kept?.value === epoch) return
    // Since the machine started anew, nobody knows which writes the file has lost.
    for (const table of ['entries', 'counters', 'leases', 'tags']) db.run(`delete from ${table}`)
    db.run("insert or replace into meta values ('epoch', ?)", [epoch])
  }).immediate()
  return db
}

/** Only a start of the machine can lose what a process has written to a file. */
function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    // Not Linux: an uptime that is shorter than the age of the boot we noted would tell, but not surely.
    return 'unknown boot'
  }
}

type Statements = ReturnType<typeof prepare>

function prepare(db: Database) {
  return {
    begin: db.query('begin immediate'),
    commit: db.query('commit'),
    rollback: db.query('rollback'),
    sequence: db.query<{ value: number }, []>("select value from meta where name = 'sequence'"),
    nextSequence: db.query<{ sequence: number }, []>(
      "update meta set value = value + 1 where name = 'sequence' returning value as sequence",
    ),
    floors: db.query<{ value: unknown }, []>("select value from meta where name = 'floors'"),
    setFloors: db.query<unknown, [string]>("insert or replace into meta values ('floors', ?)"),
    entry: db.query<{ bytes: Uint8Array; sequence: number }, [string, number]>(
      "select bytes, (select value from meta where name = 'sequence') as sequence from entries where key = ? and until_ms > ?",
    ),
    put: db.query<unknown, [string, Uint8Array, number]>('insert or replace into entries values (?, ?, ?)'),
    remove: db.query<unknown, [string]>('delete from entries where key = ?'),
    tag: db.query<{ hard: number; soft: number }, [string]>('select hard, soft from tags where name = ?'),
    knowTag: db.query<unknown, [string, number, number]>(
      'insert into tags values (?1, ?2, 0, ?3) on conflict do update set until_ms = excluded.until_ms where until_ms < excluded.until_ms - 3600000',
    ),
    hard: db.query<unknown, [string, number, number]>(
      'insert into tags values (?1, ?2, 0, ?3) on conflict do update set hard = excluded.hard, until_ms = excluded.until_ms',
    ),
    // Of an unknown tag it is not known what was invalidated before: it counts as hard.
    soft: db.query<unknown, [string, number, number]>(
      'insert into tags values (?1, ?2, 0, ?3) on conflict do update set soft = excluded.hard, until_ms = excluded.until_ms',
    ),
    lease: db.query<{ token: string; sequence: number; failure: string | null }, [string, number]>(
      'select token, sequence, failure from leases where key = ? and until_ms > ?',
    ),
    takeLease: db.query<unknown, [string, string, number, number]>(
      'insert or replace into leases values (?, ?, ?, ?, null)',
    ),
    renew: db.query<unknown, [number, string, string]>(
      'update leases set until_ms = ? where key = ? and token = ? and failure is null',
    ),
    endLease: db.query<unknown, [string]>('delete from leases where key = ?'),
    endOwnLease: db.query<unknown, [string, string]>(
      'delete from leases where key = ? and token = ? and failure is null',
    ),
    failLease: db.query<unknown, [string, number, string, string]>(
      'update leases set failure = ?, until_ms = ? where key = ? and token = ?',
    ),
    increment: db.query<{ value: number }, [string, number, number, number]>(
      `insert into counters values (?1, ?2, ?3) on conflict do update set
         value = case when until_ms > ?4 then value else 0 end + excluded.value,
         until_ms = case when until_ms > ?4 then until_ms else excluded.until_ms end
       returning value`,
    ),
    scan: db.query<{ key: string }, [string, number]>('select key from entries where key glob ? and until_ms > ?'),
    usedBytes: db.query<{ bytes: number }, []>(
      'select (page_count - freelist_count) * page_size as bytes from pragma_page_count, pragma_freelist_count, pragma_page_size',
    ),
    evict: db.query<unknown, [number]>(
      'delete from entries where key in (select key from entries order by until_ms limit (select count(*) * ? from entries))',
    ),
  }
}
