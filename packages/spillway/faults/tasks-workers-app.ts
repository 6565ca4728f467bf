/** An app whose tasks take their time, fail or kill their worker; a file tells what they have done. @module */
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { Hono } from 'hono'
import { z } from 'zod'
import { defineApp } from '../src/index.ts'
import { task } from '../src/tasks/index.ts'

export const appName = 'drill'

/** One line of the file. */
export interface Noted {
  what: 'begin' | 'end' | 'failed'
  n: number
  attempt: number
  pid: number
  atMs: number
}

const { DRILL_NOTES: file = '', DRILL_MENDED: mended = '' } = process.env

function note(what: Noted['what'], n: number, attempt: number): void {
  const noted: Noted = { what, n, attempt, pid: process.pid, atMs: Date.now() }
  appendFileSync(file, `${JSON.stringify(noted)}\n`)
}

export function notesIn(path: string): Noted[] {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').split('\n')
  // Another one may be half written.
  return lines.slice(0, -1).map((line) => JSON.parse(line))
}

const numbered = z.object({ n: z.int() })

export const retryDelayMs = 500

/** Each call gives others, which can be enqueued elsewhere. */
export const drillTasks = () => ({
  /** Heeds no signal. */
  work: task('work', { input: numbered.extend({ ms: z.int() }) }, async ({ n, ms }, { attempt }) => {
    note('begin', n, attempt)
    await pause(ms)
    note('end', n, attempt)
  }),
  failing: task(
    'failing',
    { input: numbered, retry: { on: 'any', max: 3, delayMs: retryDelayMs } },
    ({ n }, { attempt }) => {
      note('begin', n, attempt)
      throw new Error('once more')
    },
  ),
  deadly: task(
    'deadly',
    {
      input: numbered.extend({ how: z.enum(['exit', 'signal', 'rejection']) }),
      onFailure: ({ input: { n }, attempts }) => note('failed', n, attempts),
    },
    async ({ n, how }, { attempt }) => {
      note('begin', n, attempt)
      if (existsSync(mended)) return
      if (how === 'exit') process.exit(1)
      if (how === 'signal') process.kill(process.pid, 'SIGKILL')
      Promise.reject(new Error('nobody waits for this'))
      await pause(60_000)
    },
  ),
})

const http = new Hono().get('/alive', (context) => context.text('yes'))

export default defineApp({ name: appName, databases: [], http, tasks: Object.values(drillTasks()) })
