/**
 * `<Cached>`: a part of a JSX page that is rendered once for all who see it.
 *
 * @module
 */
import { type Child, Fragment } from 'hono/jsx'
import { HtmlEscapedCallbackPhase, type HtmlEscapedString, raw, resolveCallback } from 'hono/utils/html'
import type { Cache, LoadContext, RememberOptions } from '../cache/index.ts'
import { carryTags, renderShared } from './render-tags.ts'

type Rendered = Child | HtmlEscapedString

export interface CachedProps extends RememberOptions {
  /** A `Cache`, or `Caches`, where the strategy chooses one. */
  cache: Pick<Cache, 'remember'>
  /** What it is of, and all that it depends on, such as `reviews:42:ko`. (JSX keeps `key` for itself.) */
  name: string
  /** Called on a miss only; it can be async, and add tags that it learns: `{async ({ tag }) => …}`. */
  children: (context: LoadContext) => Rendered | Promise<Rendered>
}

interface Stored {
  html: string
  /** All that it carries: whoever shows it must know, also when it comes from the cache. */
  tags: readonly string[]
}

/**
 * Its HTML from the cache, or rendered once for the fleet. Invalidating one of its tags drops it, and the fragment
 * and the page around it, when those are cached.
 *
 * @example
 * <Cached cache={caches} name={`reviews:${product.id}`} ttl={600} tags={[`reviews:${product.id}`]}>
 *   {async () => <Reviews reviews={await findReviews(product.id)} />}
 * </Cached>
 */
export async function Cached({ cache, name, children, ...options }: CachedProps): Promise<HtmlEscapedString> {
  const load = (context: LoadContext) => render(children, context, options.tags)
  const { html, tags } = await cache.remember<Stored>(`fragment:${name}`, load, options)
  carryTags(tags)
  return raw(html)
}

async function render(
  children: CachedProps['children'],
  context: LoadContext,
  declared: readonly string[] = [],
): Promise<Stored> {
  const tags = [...declared]
  const collecting: LoadContext = { ...context, tag: (...names) => void tags.push(...names) }
  const html = await renderShared(tags, async () => stringOf(await children(collecting)))
  const all = [...new Set(tags)]
  context.tag(...all)
  return { html, tags: all }
}

/** With what `<Suspense>` waits for in its place: a fragment can't be streamed from a cache. */
async function stringOf(children: Rendered): Promise<string> {
  return String(await resolveCallback(Fragment({ children }), HtmlEscapedCallbackPhase.Stringify, false, {}))
}
