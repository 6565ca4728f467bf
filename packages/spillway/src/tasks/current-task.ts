/** Which task the current code runs in. @module */
import { AsyncLocalStorage } from 'node:async_hooks'

const storage = new AsyncLocalStorage<string>()

export const inTask = <Result>(id: string, run: () => Result): Result => storage.run(id, run)

export const insideTask = (): boolean => storage.getStore() !== undefined
