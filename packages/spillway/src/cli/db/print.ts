/** How the answers of `db` commands look. @module */
import { bold, dim, yellow } from '../style.ts'

/** The server's name and what is said of it as a whole, then the details. */
export function printServer(server: string, summary: string, ...details: string[]): void {
  console.log([`${bold(server)}  ${summary}`, ...details, ''].join('\n'))
}

/** Said once, when one of the servers hides something. */
export function tellHidden(answers: { seesAll: boolean }[]): void {
  if (answers.every(({ seesAll }) => seesAll)) return
  console.error(`${yellow('Note')} What other users do is hidden from this one: \`grant pg_read_all_stats to <user>\`.`)
}

export const none = (text: string) => dim(`  ${text}`)
