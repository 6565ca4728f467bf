/** `spillway db slow`: the statements that cost most. @module */
import { resetStatements, type SlowStatement, type StatementOrder, slowStatements } from '../../database/index.ts'
import { appPathOf, type Command, parse, UsageError } from '../command.ts'
import { printJson } from '../json.ts'
import { amount, duration, moment, percent } from '../quantities.ts'
import { type Column, table } from '../table.ts'
import { wholeNumberOf } from './numbers.ts'
import { none, printServer, tellHidden } from './print.ts'
import { askEach, serverOptions, withServers } from './servers.ts'

const columns: Column<SlowStatement>[] = [
  { title: 'share', align: 'right', of: ({ share }) => percent(share) },
  { title: 'total', align: 'right', of: ({ totalMs }) => duration(totalMs) },
  { title: 'mean', align: 'right', of: ({ meanMs }) => duration(meanMs) },
  { title: 'calls', align: 'right', of: ({ calls }) => amount(calls) },
  { title: 'rows', align: 'right', of: ({ rows, calls }) => (rows / Math.max(1, calls)).toFixed(1) },
  { title: 'cached', align: 'right', of: ({ hitRatio }) => (hitRatio === null ? '' : percent(hitRatio)) },
  { title: 'id', align: 'right', of: ({ queryId }) => queryId },
]

export const slow: Command = {
  name: 'slow',
  summary: 'statements by the time they took, from pg_stat_statements',
  usage: `
spillway db slow [app]

  --sort total|mean|calls   what comes first (total)
  --limit 20                how many
  --min-ms 0                only those that take this long on average
  --reset                   forget what was counted until now
  --primary, --replica      ask only that; without them every server is asked
  --json                    the answer as data

Example: spillway db slow --sort mean --min-ms 50`,
  run,
}

async function run(args: string[]): Promise<number> {
  const options = {
    ...serverOptions,
    limit: { type: 'string' },
    sort: { type: 'string' },
    'min-ms': { type: 'string' },
    reset: { type: 'boolean' },
    json: { type: 'boolean' },
  } as const
  const { positionals, values } = parse('db slow', { args, options })
  const limit = wholeNumberOf('limit', values.limit, 20)
  const minMs = wholeNumberOf('min-ms', values['min-ms'], 0)
  const sort = orderOf(values.sort ?? 'total')
  return await withServers(appPathOf(positionals), values, async (servers) => {
    if (values.reset) {
      await Promise.all(servers.map(({ sql }) => resetStatements(sql)))
      return console.log(`Counted anew from now on: ${servers.map(({ name }) => name).join(', ')}.`)
    }
    const answers = await askEach(servers, (sql) => slowStatements(sql, { limit, sort, minMs }))
    if (values.json) return printJson({ servers: answers })
    for (const { server, statements, since } of answers) {
      const rows = table(statements, columns, { below: ({ statement }) => statement })
      printServer(server, `since ${moment(since)}`, statements.length > 0 ? rows : none('No statements.'))
    }
    tellHidden(answers)
  })
}

function orderOf(name: string): StatementOrder {
  if (name === 'total' || name === 'mean' || name === 'calls') return name
  throw new UsageError(`--sort can't be "${name}".`, 'Say total, mean or calls.')
}
