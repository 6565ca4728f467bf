/** A server that is away is no fault of a task's or a workflow's. @module */
import { setTimeout as pause } from 'node:timers/promises'
import { type Logger, messageOf } from '../foundation/index.ts'

const firstPauseMs = 250
const pauseMaxMs = 5_000

export interface Patience {
  logger: Logger
  /** Aborted with the reason when this process leaves. */
  leaving: AbortSignal
}

/** Asks again until there is an answer, or this process leaves. @throws its reason. */
export async function surely<Answer>({ logger, leaving }: Patience, ask: () => Promise<Answer>): Promise<Answer> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMaxMs, 2 * pauseMs)) {
    try {
      return await ask()
    } catch (error) {
      leaving.throwIfAborted()
      logger.warn({ error: messageOf(error) }, "a workflow's state can't be read or written now")
      await pause(pauseMs)
    }
  }
}
