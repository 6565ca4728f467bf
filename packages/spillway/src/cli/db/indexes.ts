/** `spillway db indexes`: those that only cost, and places where one is missing. @module */
import { type IndexFinding, indexes as readIndexes } from '../../database/index.ts'
import { appPathOf, type Command, parse } from '../command.ts'
import { printJson } from '../json.ts'
import { amount, moment, size } from '../quantities.ts'
import { bold, dim } from '../style.ts'
import { type Column, cut, table, terminalWidth } from '../table.ts'
import { none } from './print.ts'
import { withServers } from './servers.ts'

const findingColumns: Column<IndexFinding>[] = [
  { title: 'size', align: 'right', of: ({ sizeBytes }) => size(sizeBytes) },
  { title: 'scans', align: 'right', of: ({ scans }) => amount(scans) },
  { title: 'index', of: ({ name }) => name },
]

export const indexes: Command = {
  name: 'indexes',
  summary: 'duplicate, unused, invalid and missing ones, with the SQL to mend it',
  usage: `
spillway db indexes [app]

  --json   the answer as data

Example: spillway db indexes apps/shop`,
  run,
}

async function run(args: string[]): Promise<number> {
  const { positionals, values } = parse('db indexes', { args, options: { json: { type: 'boolean' } } })
  return await withServers(appPathOf(positionals), {}, async (servers) => {
    const report = await readIndexes(servers.map(({ sql }) => sql))
    const asked = servers.map(({ name }) => name)
    if (values.json) return printJson({ servers: asked, ...report })

    const since = asked.map((name, at) => `${name} since ${sinceOf(report.countedSince[at])}`).join(', ')
    console.log(cut(`Uses counted on ${since}`, terminalWidth()))
    section('Invalid', 'left by a concurrent build that failed: kept current, never used', report.invalid)
    section('Duplicate', 'another index does the same work', report.duplicate, {
      title: 'covered by',
      of: ({ coveredBy, kind }) => (kind === 'same' ? `${coveredBy}, the same` : `${coveredBy}, which begins so`),
    })
    section('Unused', 'no server has used them; wait for a usual week before you drop one', report.unused)
    heading('Foreign keys without an index', 'a change of the row referred to scans the table')
    list(report.unindexedForeignKeys, [
      { title: 'rows', align: 'right', of: ({ rows }) => amount(rows) },
      { title: 'foreign key', of: ({ name }) => name },
    ])
    heading('Often read as a whole', '`db slow` and `db explain` show what is looked for')
    const tables = table(report.scannedTables, [
      { title: 'rows read', align: 'right', of: ({ rowsReadByThem }) => amount(rowsReadByThem) },
      { title: 'scans', align: 'right', of: ({ sequentialScans }) => amount(sequentialScans) },
      { title: 'by index', align: 'right', of: ({ indexScans }) => amount(indexScans) },
      { title: 'table', of: ({ table: name, rows }) => `${name} (${amount(rows)} rows)` },
    ])
    console.log(report.scannedTables.length > 0 ? tables : none('None.'))
  })
}

function section<Finding extends IndexFinding>(
  title: string,
  meaning: string,
  findings: Finding[],
  ...further: Column<Finding>[]
): void {
  heading(title, meaning)
  list(findings, [...findingColumns, ...further])
}

function heading(title: string, meaning: string): void {
  console.log(cut(`\n${bold(title)}  ${dim(meaning)}`, terminalWidth()))
}

/** Each with the SQL that mends it. */
function list<Finding extends { fix: string }>(findings: Finding[], columns: Column<Finding>[]): void {
  const rows = table(findings, columns, { below: ({ fix }) => `${fix};` })
  console.log(findings.length > 0 ? rows : none('None.'))
}

const sinceOf = (time: Date | null | undefined) => (time ? moment(time) : 'its counters began')
