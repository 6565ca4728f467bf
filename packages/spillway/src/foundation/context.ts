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
export function contextValue<Value>(make: () => Value): ContextValue<Value> {
  // A property of the context itself: a WeakMap costs every request microseconds of garbage collection.
  const key = Symbol()
  type Holder = Context & { [key]?: Value }
  const peek = () => (storage.getStore() as Holder | undefined)?.[key]
  const of = () => {
    const context = storage.getStore() as Holder | undefined
    if (context) context[key] ??= make()
    return context?.[key]
  }
  return Object.assign(of, { peek })
}

export interface ContextValue<Value> {
  (): Value | undefined
  /** The value if it was made already. */
  peek(): Value | undefined
}
