/** Progress of long work: one line that is written over in a terminal, a line a step elsewhere. @module */
import type { Progress } from '../app.ts'
import { dim } from './style.ts'

export function progressLine() {
  const isTerminal = Boolean(process.stdout.isTTY)
  let lastStep = ''
  return {
    show({ step, done, total }: Progress): void {
      const share = total > 0 ? `${Math.floor((100 * done) / total)} %` : ''
      if (isTerminal) process.stdout.write(`\r\x1b[K  ${dim(`${step} ${share}`)}`)
      else if (step !== lastStep) console.log(`  ${step}`)
      lastStep = step
    },
    /** Clears the line. */
    end(): void {
      if (isTerminal) process.stdout.write('\r\x1b[K')
    },
  }
}
