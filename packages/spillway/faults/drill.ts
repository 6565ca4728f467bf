/** Steps that the drills on whole programs share. @module */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Program, temporaryFolder } from '../src/testing/program.ts'
import { until } from '../src/testing/until.ts'
import type { Load } from './load.ts'

/** Routes that are fast, slow, hang or crash; no database. */
export const bareApp = join(import.meta.dir, '../src/server/fixtures/bare-app.ts')
/** Reads and writes rows. */
export const itemsApp = join(import.meta.dir, '../src/server/fixtures/items-app.ts')

const folders: string[] = []

/** A temporary folder that several programs of one drill use in turn. */
export function newFolder(): string {
  const folder = temporaryFolder()
  folders.push(folder)
  return folder
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

/** A figure that the drill has measured, for whoever reads its output. */
export function report(what: string, figures: Record<string, unknown>): void {
  console.log(`    ${what}: ${JSON.stringify(figures)}`)
}

/** Asks on a connection of its own, so that any worker may answer. */
export function get(program: Program, path: string): Promise<Response> {
  return fetch(program.url + path, { keepalive: false, headers: { connection: 'close' } })
}

/** The worker that answered. */
export async function servingPid(program: Program): Promise<number> {
  const { pid } = (await (await get(program, '/pid')).json()) as { pid: number }
  return pid
}

/** Resolves when each of the workers has answered a request. */
export async function allServe(program: Program, pids: number[]): Promise<void> {
  const silent = new Set(pids)
  const ask = async () => {
    silent.delete(await servingPid(program))
    return silent.size === 0
  }
  await until(ask, { what: `answers of workers ${pids}` })
}

/** Resolves when each load has been answered a few times more. */
export async function progress(...loads: Load[]): Promise<void> {
  const before = loads.map(({ answered }) => answered)
  const moved = () => loads.every(({ answered }, index) => answered > before[index]! + 5)
  await until(moved, { what: 'the load to be answered', timeoutMs: 20_000 })
}

/** Asks for new workers; resolves when none of the old ones is left. */
export async function replaced(program: Program, ask: () => unknown): Promise<void> {
  const before = program.workerPids
  await ask()
  const done = () => {
    const now = program.workerPids
    return now.length === before.length && now.every((pid) => !before.includes(pid))
  }
  await until(done, { what: `new workers in place of ${before}`, timeoutMs: 30_000 })
}

/** The error messages for people, without the log. */
export function errorsIn({ output }: Program): string[] {
  return output.split('\n').filter((line) => line.startsWith('Error ') || line.startsWith('Unexpected error'))
}

export async function items(program: Program): Promise<string[]> {
  const response = await get(program, '/api/items')
  const rows = (await response.json()) as { name: string }[]
  return rows.map(({ name }) => name)
}

export async function addItem(program: Program, name: string): Promise<Response> {
  return await fetch(`${program.url}/api/items`, { method: 'POST', body: JSON.stringify({ name }), keepalive: false })
}

/** Starts the program as `npm start` does. */
export function throughNpm(command: string[]): string[] {
  const folder = newFolder()
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts: { start: command.join(' ') } }))
  return ['npm', 'start', '--prefix', folder]
}

/** Starts the program in a terminal of its own. */
export function inTerminal(command: string[]): string[] {
  return ['script', '--quiet', '--return', '--command', command.join(' '), '/dev/null']
}

/** An app whose file a drill can change: `/version` answers with `version`. Returns its path. */
export function writeApp(version: string, { path = join(newFolder(), 'app.ts'), extra = '' } = {}): string {
  mkdirSync(join(path, '..'), { recursive: true })
  const spillway = join(import.meta.dir, '../src/index.ts')
  const code = `
    import { Hono } from ${JSON.stringify(Bun.resolveSync('hono', import.meta.dir))}
    import { defineApp } from ${JSON.stringify(spillway)}
    ${extra}
    export default defineApp({
      name: 'changing',
      databases: [],
      http: new Hono()
        .get('/version', (context) => context.text(${JSON.stringify(version)}))
        .get('/pid', (context) => context.json({ pid: process.pid })),
    })`
  writeFileSync(path, code)
  return path
}
