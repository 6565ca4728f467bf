/** What a handler logs, kept with its task when that fails. @module */
import { pino } from 'pino'
import type { Logger } from '../../foundation/index.ts'
import { storableText } from '../storable.ts'

const linesMax = 100
const lineMaxChars = 1_000

export class KeptLines {
  readonly #lines: string[] = []
  #left = 0

  /** Of the attempt, the last ones; each with its time, level and message, and what else was given. */
  get text(): string | undefined {
    if (this.#lines.length === 0) return undefined
    const left = this.#left > 0 ? [`… ${this.#left} earlier lines`] : []
    return storableText([...left, ...this.#lines.map(readable)].join('\n'))
  }

  /** One that writes where `logger` does, with `bindings`, and whose lines are kept. */
  of(logger: Logger, bindings: Record<string, unknown>): Logger {
    const { streamSym } = pino.symbols
    // Where it writes to is no part of the logger's type.
    const kept = logger.child(bindings) as Logger & Record<symbol, { write(line: string): void }>
    const stream = kept[streamSym]!
    const write = (line: string) => {
      this.#lines.push(line)
      if (this.#lines.length > linesMax) this.#left += this.#lines.splice(0, 1).length
      stream.write(line)
    }
    kept[streamSym] = { write }
    return kept
  }
}

/** Without what all lines of a task share. */
function readable(line: string): string {
  const { time, level, msg, ...rest } = JSON.parse(line) as Record<string, unknown>
  for (const shared of ['role', 'pid', 'request_id', 'task', 'task_id']) delete rest[shared]
  const others = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : ''
  return `${time} ${level} ${msg ?? ''}${others}`.slice(0, lineMaxChars)
}
