/** The tags of what is being rendered: they reach the fragment around a fragment, and the page around that. @module */
import { AsyncLocalStorage } from 'node:async_hooks'
import { keepObserved } from '../database/index.ts'
import { contextValue, currentContext, runInContext } from '../foundation/index.ts'

/** What the page of this request carries beside its declared tags. */
export const pageTags = contextValue<string[]>(() => [])

const fragmentTags = new AsyncLocalStorage<string[]>()

/** As it was when the program began: nothing of any request. */
const outside = AsyncLocalStorage.snapshot()

/** Whatever surrounds this, a fragment or a page, carries these tags as well. */
export function carryTags(tags: readonly string[]): void {
  const carrier = fragmentTags.getStore() ?? pageTags()
  carrier?.push(...tags)
}

/**
 * Renders something that others will be shown too. It sees the request's own context (its queries are counted, its reads
 * follow its writes), but no other one that the page around it has set up, such as `useContext` of JSX: what it depends
 * on must be in its key.
 *
 * @param tags those of the fragments inside are added to them.
 */
export function renderShared<Rendered>(tags: string[], render: () => Promise<Rendered>): Promise<Rendered> {
  const context = currentContext()
  const collecting = keepObserved(() => fragmentTags.run(tags, render))
  return outside(() => (context ? runInContext(context, collecting) : collecting()))
}
