/** An SQL prompt: psql where it is installed, else a simple one of our own. @module */
import { createInterface } from 'node:readline/promises'
import { SQL } from 'bun'
import { messageOf } from '../foundation/index.ts'
import { dim, red } from './style.ts'

/**
 * @param commands to run in this order instead of a prompt; the first that fails is the last.
 * @returns the exit code.
 */
export async function sqlShell(url: string, commands: readonly string[] = []): Promise<number> {
  const psql = Bun.which('psql')
  if (psql) {
    const given = commands.flatMap((command) => ['-v', 'ON_ERROR_STOP=1', '-c', command])
    const child = Bun.spawn([psql, url, ...given], {
      stdio: ['inherit', 'inherit', 'inherit'],
    })
    return await child.exited
  }
  const sql = new SQL({ url, max: 1 })
  try {
    return commands.length > 0 ? await executeAll(sql, commands) : await prompt(sql)
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

async function executeAll(sql: SQL, commands: readonly string[]): Promise<number> {
  for (const command of commands) {
    const exitCode = await execute(sql, command)
    if (exitCode !== 0) return exitCode
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
