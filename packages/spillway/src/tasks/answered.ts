/** Whoever asks a queue's server doesn't wait for ever, and is told what is the matter with it. @module */
import { TasksUnavailableError } from './errors.ts'

const patienceMs = 5_000

/** What a server is asked for. */
export type Asked = ConstructorParameters<typeof TasksUnavailableError>[0]

/** @throws {TasksUnavailableError} when it has not answered in time, or in vain. */
export async function answered<Answer>(asked: Asked, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await bounded(answer)
  } catch (cause) {
    throw new TasksUnavailableError(asked, cause)
  }
}

/** The server may be silent. */
export async function bounded<Answer>(asked: Promise<Answer>): Promise<Answer> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`no answer within ${patienceMs} ms`)), patienceMs)
  try {
    return await Promise.race([asked, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
