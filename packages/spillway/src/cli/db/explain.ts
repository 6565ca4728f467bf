/** `spillway db explain`: what the server would do for a statement. @module */
import { type Explanation, explain as explainStatement, statementText } from '../../database/index.ts'
import { SpillwayError } from '../../foundation/index.ts'
import { appPathOf, type Command, parse, UsageError } from '../command.ts'
import { printJson } from '../json.ts'
import { duration } from '../quantities.ts'
import { bold, dim, yellow } from '../style.ts'
import { cut, terminalWidth } from '../table.ts'
import { planLines } from './plan-lines.ts'
import { type Server, serverOptions, withServers } from './servers.ts'

export const explain: Command = {
  name: 'explain',
  summary: 'the plan of a statement, and what of it is dear',
  usage: `
spillway db explain <sql | id of db slow> [app]

  --param 42             a value for $1; repeat it for $2 …; without them the plan is one for any values
  --analyze              run it, read-only, and measure
  --primary, --replica   ask only that; without them every server is asked
  --json                 the answer as data

Example: spillway db explain 'select * from products where id = $1' --param 42 --analyze`,
  run,
}

async function run(args: string[]): Promise<number> {
  const options = {
    ...serverOptions,
    analyze: { type: 'boolean' },
    param: { type: 'string', multiple: true },
    json: { type: 'boolean' },
  } as const
  const { positionals, values } = parse('db explain', { args: args.map(negativeAsValue), options })
  const [given, ...rest] = positionals
  if (!given) throw new UsageError('There is nothing to explain.', 'Give a statement, or an id of `spillway db slow`.')
  return await withServers(appPathOf(rest), values, async (servers) => {
    const { server, statement } = await lookUp(servers, given)
    const { analyze = false, param: params = [] } = values
    const explanation = await explainStatement(server.sql, statement, { analyze, params })
    if (values.json) return printJson({ server: server.name, statement, ...explanation })
    print(server.name, statement, explanation)
  })
}

/** Half of the ids are negative, and would be taken for options. A space before a number means nothing to anybody else. */
const negativeAsValue = (arg: string) => (/^-\d/.test(arg) ? ` ${arg}` : arg)

/** An id stands for the statement that a server has counted under it, and is explained there. */
async function lookUp(servers: Server[], given: string): Promise<{ server: Server; statement: string }> {
  if (!/^ ?-?\d+$/.test(given)) return { server: servers[0]!, statement: given }
  for (const server of servers) {
    const statement = await statementText(server.sql, given.trim())
    if (statement) return { server, statement }
  }
  throw new SpillwayError('STATEMENT_UNKNOWN', `No server has counted a statement ${given.trim()}.`, {
    hint: '`spillway db slow` shows the ids.',
  })
}

function print(server: string, statement: string, explanation: Explanation): void {
  const { plan, notes, isGeneric, isAnalyzed, executionMs } = explanation
  const kind = isAnalyzed
    ? `measured: ${duration(executionMs ?? 0)}`
    : isGeneric
      ? 'the plan for any values; figures are estimates'
      : 'figures are estimates'
  const width = terminalWidth()
  console.log(`${bold(server)}  ${kind}`)
  console.log(dim(cut(`  ${statement.replace(/\s+/g, ' ')}`, width)))
  console.log(
    `\n${planLines(plan)
      .map((line) => cut(line, width))
      .join('\n')}\n`,
  )
  if (notes.length === 0) console.log(dim('Nothing stands out.'))
  for (const { message, fix } of notes) {
    console.log(`${yellow('!')} ${message}`)
    if (fix) console.log(`  ${fix};`)
  }
}
