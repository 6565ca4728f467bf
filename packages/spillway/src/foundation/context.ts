/**
 * What crosses everything in one request or task. Functions take what they need as arguments first.
 *
 * @module
 */
import { AsyncLocalStorage } from 'node:async_hooks'

export interface Context {
  /** The request's or task's id, in every log line and answer. */
  readonly id: string
}

const storage = new AsyncLocalStorage<Context>()

export const runInContext = <Result>(context: Context, run: () => Result): Result => storage.run(context, run)

export const currentContext = (): Context | undefined => storage.getStore()
