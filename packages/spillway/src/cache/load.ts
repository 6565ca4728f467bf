/** What loads a value, and what it is told. @module */
import { type Floors, noFloors } from '../foundation/index.ts'

export interface LoadContext {
  /** Aborted when the load is given up. */
  readonly signal: AbortSignal
  /** Adds tags that are known only now. */
  tag(...names: string[]): void
  /** Sets how many seconds the value is kept, where that is known only now. */
  keepFor(lifetime: { ttl: number; grace?: number }): void
  /** @internal What the load must see, and whether it could not. */
  readonly reads: { floors: Floors; isBehind: boolean }
}

export type Load<Value> = (context: LoadContext) => Value | Promise<Value>

/** For loads that nobody keeps or gives up. */
export const keptByNobody: LoadContext = {
  signal: new AbortController().signal,
  reads: { floors: noFloors, isBehind: false },
  tag: () => undefined,
  keepFor: () => undefined,
}
