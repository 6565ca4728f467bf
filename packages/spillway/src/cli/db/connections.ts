/** `spillway db connections`: who is connected, and how far the replicas are. @module */
import { type ConnectionReport, connections as readConnections } from '../../database/index.ts'
import { appPathOf, type Command, parse } from '../command.ts'
import { printJson } from '../json.ts'
import { amount, duration, size } from '../quantities.ts'
import { dim, yellow } from '../style.ts'
import { table } from '../table.ts'
import { wholeNumberOf } from './numbers.ts'
import { none, printServer, tellHidden } from './print.ts'
import { askEach, serverOptions, withServers } from './servers.ts'

export const connections: Command = {
  name: 'connections',
  summary: 'who is connected, idle transactions, replication',
  usage: `
spillway db connections [app]

  --idle-seconds 10      list transactions that have been idle for this long
  --primary, --replica   ask only that; without them every server is asked
  --json                 the answer as data

Example: spillway db connections --primary`,
  run,
}

async function run(args: string[]): Promise<number> {
  const options = { ...serverOptions, 'idle-seconds': { type: 'string' }, json: { type: 'boolean' } } as const
  const { positionals, values } = parse('db connections', { args, options })
  const idleSeconds = wholeNumberOf('idle-seconds', values['idle-seconds'], 10)
  return await withServers(appPathOf(positionals), values, async (servers) => {
    const answers = await askEach(servers, (sql) => readConnections(sql, { idleSeconds }))
    if (values.json) return printJson({ servers: answers })
    for (const answer of answers) {
      const summary = `${answer.used} of ${answer.available} connections in use`
      printServer(answer.server, summary, groups(answer), ...idle(answer), ...replication(answer))
    }
    tellHidden(answers)
  })
}

function groups({ groups }: ConnectionReport): string {
  if (groups.length === 0) return none('Nobody else is connected.')
  return table(groups, [
    { title: 'application', of: ({ applicationName }) => applicationName || '(unnamed)' },
    { title: 'state', of: ({ state }) => state },
    { title: 'count', align: 'right', of: ({ count }) => amount(count) },
    {
      title: 'oldest transaction',
      align: 'right',
      of: ({ oldestTransactionMs: ms }) => (ms === null ? '' : duration(ms)),
    },
  ])
}

function idle({ idleTransactions }: ConnectionReport): string[] {
  if (idleTransactions.length === 0) return []
  const title = yellow(
    `  ${idleTransactions.length} idle in a transaction, keeping its locks and what vacuum could remove`,
  )
  const rows = table(
    idleTransactions,
    [
      { title: 'pid', align: 'right', of: ({ pid }) => `${pid}` },
      { title: 'application', of: ({ applicationName }) => applicationName },
      { title: 'idle', align: 'right', of: ({ idleMs }) => duration(idleMs) },
      { title: 'to end it', of: ({ endWith }) => endWith },
    ],
    { below: ({ statement }) => statement },
  )
  return ['', title, rows]
}

function replication({ standbys, slots, replay }: ConnectionReport): string[] {
  const lines = []
  if (replay) lines.push('', `  replays its primary's log, ${lagOf(replay)}`)
  if (standbys.length > 0) {
    lines.push(
      '',
      table(standbys, [
        { title: 'standby', of: ({ name }) => name },
        { title: 'state', of: ({ state }) => state },
        { title: 'lag', of: lagOf },
      ]),
    )
  }
  if (slots.length > 0) {
    lines.push(
      '',
      table(slots, [
        { title: 'slot', of: ({ name }) => name },
        { title: 'state', of: ({ active }) => (active ? 'active' : yellow('nobody reads it')) },
        {
          title: 'keeps',
          align: 'right',
          of: ({ retainedBytes }) => (retainedBytes === null ? '' : size(retainedBytes)),
        },
        { title: 'log', of: ({ walStatus }) => walStatus ?? '' },
      ]),
    )
  }
  return lines
}

function lagOf({ lagBytes, lagSeconds }: { lagBytes: number | null; lagSeconds: number | null }): string {
  if (lagBytes === null) return dim('unknown')
  if (lagBytes <= 0) return 'nothing behind'
  return `${size(lagBytes)}${lagSeconds === null ? '' : ` and ${duration(lagSeconds * 1_000)}`} behind`
}
