/**
 * Notices between the processes of one machine, over the file of the shared tier: each looks many times a second
 * whether another has written, which costs a microsecond, and reads what is new.
 *
 * @module
 */
import type { Database } from 'bun:sqlite'
import type { Bus, Notice } from '../shared-tier.ts'
import { openSqliteFile, SharedFile } from './file.ts'

const lookEveryMs = 15
/** Notices that are kept. Whoever is further behind has missed some. */
const keptMax = 10_000
/** Each attempt at a file that is locked holds this process up, by the busy timeout at worst. */
const resendEveryMs = 250
/** Notices that wait for being sent. When there are more, all that the others learn is that they have missed something. */
const unsentMax = 1_000
/** What is sent in place of notices that were given up. */
const gap = 'null'

export class SqliteBus implements Bus {
  readonly #file: SharedFile<{ db: Database }>
  readonly #sender = crypto.randomUUID()
  readonly #handlers: { onNotice: (notice: Notice) => void; onGap: (reason: string) => void }[] = []
  readonly #timer: ReturnType<typeof setInterval>
  #unsent: string[] = []
  #resending: ReturnType<typeof setTimeout> | undefined
  /** The file that was read last. */
  #current: Database
  #dataVersion = -1
  #last: number

  constructor(path: string) {
    this.#file = new SharedFile(path, () => ({ db: open(path) }))
    this.#current = this.#file.current.db
    this.#last = newest(this.#current)
    this.#timer = setInterval(() => this.#look(), lookEveryMs)
    this.#timer.unref()
  }

  /** What can't be written now is written later, in order, unless this process ends before. */
  async publish(notice: Notice): Promise<void> {
    this.#unsent.push(JSON.stringify(notice))
    if (this.#resending === undefined) this.#send()
    else if (this.#unsent.length > unsentMax) this.#unsent = [gap]
  }

  subscribe(onNotice: (notice: Notice) => void, onGap: (reason: string) => void): void {
    this.#handlers.push({ onNotice, onGap })
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    clearTimeout(this.#resending)
    if (this.#unsent.length > 0) this.#send()
    clearTimeout(this.#resending)
    this.#file.close()
  }

  #send(): void {
    this.#resending = undefined
    try {
      for (let next = this.#unsent[0]; next !== undefined; next = this.#unsent[0]) {
        this.#insert(next)
        this.#unsent.shift()
      }
    } catch {
      // Locked by another process for long, or a full disk: the others keep what they have until it is over.
      this.#resending = setTimeout(() => this.#send(), resendEveryMs)
    }
  }

  #insert(notice: string): void {
    const { db } = this.#file.current
    const { lastInsertRowid } = db.query('insert into notices (sender, notice) values (?, ?)').run(this.#sender, notice)
    const id = Number(lastInsertRowid)
    if (id % 1_000 === 0) db.query('delete from notices where id <= ?').run(id - keptMax)
  }

  #look(): void {
    try {
      const { db } = this.#file.current
      if (db !== this.#current) this.#begin(db)
      const { data_version: version } = db.query<{ data_version: number }, []>('pragma data_version').get()!
      if (version === this.#dataVersion) return
      this.#dataVersion = version
      this.#hear(db)
    } catch (error) {
      this.#last = -1
      for (const { onGap } of this.#handlers) onGap(`notices can't be read: ${error}`)
    }
  }

  /** Another file has come in the place of ours: what was told in between is not known. */
  #begin(db: Database): void {
    this.#current = db
    this.#dataVersion = -1
    this.#last = newest(db)
    for (const { onGap } of this.#handlers) onGap('the file of the shared cache was replaced')
  }

  #hear(db: Database): void {
    const rows = db
      .query<{ id: number; sender: string; notice: string }, [number]>(
        'select id, sender, notice from notices where id > ? order by id',
      )
      .all(this.#last)
    const [first] = rows
    if (first === undefined) return
    const isGap = this.#last === -1 || first.id > this.#last + 1
    this.#last = rows.at(-1)!.id
    const notices = rows.filter(({ sender }) => sender !== this.#sender).map(({ notice }) => noticeIn(notice))
    for (const { onNotice, onGap } of this.#handlers) {
      if (isGap) onGap('notices were missed')
      for (const notice of notices) {
        if (notice) onNotice(notice)
        else onGap('notices were given up by their sender, or are not ours')
      }
    }
  }
}

function open(path: string): Database {
  const db = openSqliteFile(path)
  db.run(
    'create table if not exists notices (id integer primary key autoincrement, sender text not null, notice text not null)',
  )
  return db
}

const newest = (db: Database) => db.query<{ id: number | null }, []>('select max(id) as id from notices').get()?.id ?? 0

/** Undefined for what nobody can follow. */
function noticeIn(text: string): Notice | undefined {
  try {
    // Only processes of the same app write to the file.
    return (JSON.parse(text) as Notice | null) ?? undefined
  } catch {
    return undefined
  }
}
