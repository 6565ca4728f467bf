/** What the drills on database servers that go away have in common. @module */
import type { Program } from '../src/testing/program.ts'
import { addItem } from './drill.ts'

export interface Attempt {
  name: string
  /** When the answer came. */
  atMs: number
  tookMs: number
  status: number
  retryAfter: string | null
}

export interface Writes {
  attempts: Attempt[]
  stop(): Promise<void>
}

/** Three clients that add items with names of their own, a hundredth of a second after the last answer. */
export function startWrites(program: Program): Writes {
  const attempts: Attempt[] = []
  let stopping = false
  let count = 0
  const writer = async () => {
    while (!stopping) {
      const name = `item ${count++}`
      const began = performance.now()
      const response = await addItem(program, name)
      await response.bytes()
      const atMs = performance.now()
      const retryAfter = response.headers.get('retry-after')
      attempts.push({ name, atMs, tookMs: atMs - began, status: response.status, retryAfter })
      await Bun.sleep(10)
    }
  }
  const running = Promise.all([writer(), writer(), writer()])
  return {
    attempts,
    async stop() {
      stopping = true
      await running
    },
  }
}
