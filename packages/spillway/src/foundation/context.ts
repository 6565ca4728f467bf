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

/**
 * A value that each context has of its own, made when it is first asked for. Outside of any context there is none.
 *
 * @example
 * const queryLog = contextValue(() => new QueryLog())
 * queryLog()?.add(text)
 */
export function contextValue<Value>(make: () => Value): () => Value | undefined {
  const values = new WeakMap<Context, Value>()
  return () => {
    const context = storage.getStore()
    if (context === undefined) return undefined
    const known = values.get(context)
    if (known !== undefined) return known
    const value = make()
    values.set(context, value)
    return value
  }
}
