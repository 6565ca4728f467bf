/**
 * A process that hears changes, stands ready as their relay, and handles them as a durable consumer. The drill starts
 * several, and kills them.
 *
 * Run as `bun changes-reader.ts <primary url>`; it prints what it hears, one JSON line a batch.
 *
 * @module
 */
import { SQL } from 'bun'
import { createLogger } from '../src/foundation/index.ts'
import { shelfLog } from '../src/testing/shelf.ts'

/** One line of its output: `[id, rank]` of each item that was inserted or updated. */
export interface HeardLine {
  atMs: number
  rows: [id: number, rank: number][]
}

if (import.meta.main) run(process.argv[2]!)

function run(url: string): void {
  const sql = new SQL(url, { max: 1 })
  const log = shelfLog()
  const rowsOf = (changes: Parameters<Parameters<typeof log.watch>[0]>[0]) =>
    changes.flatMap((change): HeardLine['rows'] =>
      'new' in change ? [[Number(change.new['id']), Number(change.new['rank'])]] : [],
    )
  log.watch((changes) => {
    const line: HeardLine = { atMs: Date.now(), rows: rowsOf(changes) }
    console.log(JSON.stringify(line))
  })
  log.consume('drill', async (changes) => {
    const rows = rowsOf(changes).map(([id, rank]) => ({ id, rank }))
    await sql`insert into handled (item_id, rank) select id, rank from jsonb_to_recordset(${rows}::jsonb) as row (id int, rank int)`
  })
  const logger = createLogger('drill', 'warn')
  log.start({ url: () => url, applicationName: 'drill', isPgBouncer: false, logger, onHeard: () => undefined })
}
