/** An SQL prompt: psql where it is installed, else a simple one of our own. @module */
import { createInterface } from 'node:readline/promises'
import { SQL } from 'bun'
import { messageOf } from '../foundation/index.ts'
import { dim, red } from './style.ts'

/** @returns the exit code. */
export async function sqlShell(url: string, command: string | undefined): Promise<number> {
  const psql = Bun.which('psql')
  if (psql) {
    const child = Bun.spawn([psql, url, ...(command ? ['-c', command] : [])], {
      stdio: ['inherit', 'inherit', 'inherit'],
    })
    return await child.exited
  }
  const sql = new SQL({ url, max: 1 })
  try {
    return command ? await execute(sql, command) : await prompt(sql)
  } finally {
    await sql.close()
  }
}

async function prompt(sql: SQL): Promise<number> {
  console.log(dim('psql is not installed; this prompt runs one statement a line. Leave with \\q.'))
  const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: 'sql> ' })
  lines.prompt()
  for await (const line of lines) {
    if (line.trim() === '\\q') break
    if (line.trim()) await execute(sql, line)
    lines.prompt()
  }
  return 0
}

async function execute(sql: SQL, statement: string): Promise<number> {
  try {
    const rows = await sql.unsafe(statement)
    console.table(rows)
    return 0
  } catch (error) {
    console.error(`${red('Error')} ${messageOf(error)}`)
    return 1
  }
}
