/**
 * Pages as all processes share them: one of them renders for the whole fleet, the others get what it has rendered.
 *
 * @module
 */
import {
  type Backend,
  Codec,
  FleetLoader,
  type LoadContext,
  type Notice,
  newFigures,
  type SharedValue,
  SharedValues,
} from '../../cache/index.ts'
import type { Logger } from '../../foundation/index.ts'
import { lifetimeOf, type Policy } from './policy.ts'
import type { Rendered } from './rendering.ts'
import type { RenderedAnswer } from './stored-page.ts'

export interface SharedPagesOptions {
  backend: Backend
  /** Of the code that renders: what other code has rendered is not served. */
  release: string
  logger: Logger
}

/** A page out of the shared tier, or on its way into it, with times of this machine's clock. */
export interface FoundPage {
  kind: 'page'
  answer: RenderedAnswer
  tags: readonly string[]
  freshUntilMs: number
  staleUntilMs: number
  /** Rendered here and now. */
  isOwn: boolean
}

/** What is kept under a key of the tier. */
interface PageValue {
  status: number
  headers: [string, string][]
  body: Uint8Array
}

/** A tag that every page carries. */
export const everyPage = 'pages:*'

/** A render that failed, for those who wait in other processes; here its answer is at hand. */
class RenderFailedError extends Error {
  override name = 'RenderFailedError'
}

export class SharedPages {
  readonly figures = newFigures()
  readonly backend: Backend
  readonly #loader: FleetLoader
  readonly #prefix: string

  constructor({ backend, release, logger }: SharedPagesOptions) {
    const { figures } = this
    this.backend = backend
    this.#prefix = `pages:${release}:`
    const shared = new SharedValues(backend.tier, new Codec(), figures)
    this.#loader = new FleetLoader({ shared, backend, figures, logger, leaseMs: 2_000, backoffMs: 1_000 })
    backend.tier.everything.add(everyPage)
  }

  /**
   * The page under `key` from the tier, or what `render` gives here.
   *
   * @param tags those that are known before the render.
   * @throws {LoadFailedElsewhereError} when another process failed to render it a moment ago, and there is no old one.
   */
  async find(
    key: string,
    policy: Policy,
    tags: readonly string[],
    render: () => Promise<Rendered>,
  ): Promise<FoundPage | Exclude<Rendered, { kind: 'page' }>> {
    const own: { rendered?: Rendered } = {}
    const load = async (context: LoadContext): Promise<PageValue | undefined> => {
      const rendered = await render()
      own.rendered = rendered
      if (rendered.kind === 'private') return undefined
      const { status, headers, body } = rendered.answer
      if (rendered.kind === 'failed' && status >= 500) throw new RenderFailedError(`It was answered with ${status}.`)
      if (rendered.kind === 'failed') return undefined
      context.tag(...rendered.tags)
      context.keepFor(lifetimeOf(policy, status))
      return { status, headers: [...headers], body }
    }
    try {
      const lifetime = { ttlMs: policy.ttl * 1_000, graceMs: policy.grace * 1_000 }
      const finding = { ...lifetime, tags: [...tags, everyPage], refreshes: false }
      const found = await this.#loader.find(this.#prefix + key, load, finding)
      if (found) return { kind: 'page', ...pageOf(found), isOwn: own.rendered?.kind === 'page' }
    } catch (error) {
      // What was answered here is the answer, whatever others will make of it.
      if (own.rendered === undefined) throw error
    }
    // Nothing is found only where a render here came to nothing that is kept.
    return own.rendered as Exclude<Rendered, { kind: 'page' }>
  }

  /** Those who wait for the key look again. */
  wake(key: string): void {
    this.#loader.wake(this.#prefix + key)
  }

  /** The keys in a notice that are pages of ours. */
  keysIn({ keys = [], filled = [] }: Notice): string[] {
    return [...keys, ...filled]
      .filter((key) => key.startsWith(this.#prefix))
      .map((key) => key.slice(this.#prefix.length))
  }
}

function pageOf({ value, tags, freshUntilMs, staleUntilMs }: SharedValue) {
  // Nobody else writes under our keys, and foreign bytes don't decode to an entry.
  const { status, headers, body } = value as PageValue
  return { answer: { status, headers: new Headers(headers), body }, tags, freshUntilMs, staleUntilMs }
}
