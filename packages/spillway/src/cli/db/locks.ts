/** `spillway db locks`: who waits for whom. @module */
import {
  type BlockingNode,
  blockingTree,
  type LockReport,
  type LockSession,
  locks as readLocks,
} from '../../database/index.ts'
import { appPathOf, type Command, parse } from '../command.ts'
import { printJson } from '../json.ts'
import { duration, moment, plural } from '../quantities.ts'
import { bold, dim, yellow } from '../style.ts'
import { cut, terminalWidth } from '../table.ts'
import { printServer, tellHidden } from './print.ts'
import { askEach, serverOptions, withServers } from './servers.ts'

export const locks: Command = {
  name: 'locks',
  summary: 'who waits for whom, and how to end it',
  usage: `
spillway db locks [app]

  --primary, --replica   ask only that; without them every server is asked
  --json                 the answer as data

Example: spillway db locks apps/shop`,
  run,
}

async function run(args: string[]): Promise<number> {
  const { positionals, values } = parse('db locks', { args, options: { ...serverOptions, json: { type: 'boolean' } } })
  return await withServers(appPathOf(positionals), values, async (servers) => {
    const answers = await askEach(servers, (sql) => readLocks(sql))
    if (values.json) return printJson({ servers: answers })
    for (const answer of answers) {
      const trees = blockingTree(answer.sessions)
      printServer(answer.server, summary(answer), ...trees.flatMap((tree) => linesOf(tree, '  ')))
    }
    tellHidden(answers)
  })
}

function summary({ sessions, deadlocks, since }: LockReport): string {
  const waiting = sessions.filter(({ waitsFor }) => waitsFor !== null).length
  const broken = `${plural(deadlocks, 'deadlock')}${since ? ` since ${moment(since)}` : ' so far'}`
  return `${waiting === 0 ? 'nobody waits for a lock' : `${yellow(plural(waiting, 'session'))} waiting for a lock`}, ${broken}`
}

function linesOf({ session, waiting }: BlockingNode, indent: string): string[] {
  const { pid, statement, waitsFor, endWith } = session
  const isTop = waitsFor === null
  const detail = `${' '.repeat(indent.length)}${isTop ? '' : '   '}  `
  const lines = [
    `${indent}${isTop ? '' : '└─ '}${pid === 0 ? '' : `${bold(`${pid}`)}  `}${describe(session)}`,
    `${detail}${dim(statement)}`,
    ...(isTop && endWith ? [`${detail}end it: ${endWith}`] : []),
  ]
  const shown = lines.filter((line) => line.trim() !== '').map((line) => cut(line, terminalWidth()))
  return [...shown, ...waiting.flatMap((node) => linesOf(node, isTop ? indent : `${indent}   `))]
}

function describe({ applicationName, user, state, transactionMs, waitsFor }: LockSession): string {
  const who = applicationName || user
  if (waitsFor) return `${who}  has waited ${duration(waitsFor.waitingMs)} for ${waitsFor.target} (${waitsFor.mode})`
  const age = transactionMs === null ? '' : `, its transaction is ${duration(transactionMs)} old`
  return `${who}  ${state}${age}`
}
