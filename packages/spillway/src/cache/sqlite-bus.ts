/**
 * Notices between the processes of one machine, over the file of the shared tier: each looks many times a second
 * whether another has written, which costs a microsecond, and reads what is new.
 *
 * @module
 */
import type { Database } from 'bun:sqlite'
import type { Bus, Notice } from './shared-tier.ts'
import { openSqliteFile } from './sqlite-file.ts'

const lookEveryMs = 15
/** Notices that are kept. Whoever is further behind has missed some. */
const keptMax = 10_000

export class SqliteBus implements Bus {
  readonly #db: Database
  readonly #sender = crypto.randomUUID()
  readonly #handlers: { onNotice: (notice: Notice) => void; onGap: (reason: string) => void }[] = []
  readonly #timer: ReturnType<typeof setInterval>
  #dataVersion = -1
  #last: number

  constructor(path: string) {
    this.#db = openSqliteFile(path)
    this.#db.run(
      'create table if not exists notices (id integer primary key autoincrement, sender text not null, notice text not null)',
    )
    this.#last = this.#newest()
    this.#timer = setInterval(() => this.#look(), lookEveryMs)
    this.#timer.unref()
  }

  async publish(notice: Notice): Promise<void> {
    const { lastInsertRowid } = this.#db
      .query('insert into notices (sender, notice) values (?, ?)')
      .run(this.#sender, JSON.stringify(notice))
    const id = Number(lastInsertRowid)
    if (id % 1_000 === 0) this.#db.query('delete from notices where id <= ?').run(id - keptMax)
  }

  subscribe(onNotice: (notice: Notice) => void, onGap: (reason: string) => void): void {
    this.#handlers.push({ onNotice, onGap })
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    this.#db.close()
  }

  #look(): void {
    try {
      const { data_version: version } = this.#db.query<{ data_version: number }, []>('pragma data_version').get()!
      if (version === this.#dataVersion) return
      this.#dataVersion = version
      this.#read()
    } catch (error) {
      this.#last = -1
      for (const { onGap } of this.#handlers) onGap(`notices can't be read: ${error}`)
    }
  }

  #read(): void {
    const rows = this.#db
      .query<{ id: number; sender: string; notice: string }, [number]>(
        'select id, sender, notice from notices where id > ? order by id',
      )
      .all(this.#last)
    const [first] = rows
    if (first === undefined) return
    const isGap = this.#last === -1 || first.id > this.#last + 1
    this.#last = rows.at(-1)!.id
    for (const { onNotice, onGap } of this.#handlers) {
      if (isGap) onGap('notices were missed')
      for (const { sender, notice } of rows) if (sender !== this.#sender) onNotice(JSON.parse(notice))
    }
  }

  #newest(): number {
    return this.#db.query<{ id: number | null }, []>('select max(id) as id from notices').get()?.id ?? 0
  }
}
