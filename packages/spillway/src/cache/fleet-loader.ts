/**
 * Loads a value once for all processes: one holds the lease and loads, the others wait for what it writes, or get the
 * old value. A holder that dies is replaced; a failure is shared.
 *
 * @module
 */
import { type Floors, type Logger, messageOf, noFloors } from '../foundation/index.ts'
import type { Backend } from './backend.ts'
import { LoadFailedElsewhereError, LoadTimeoutError, TierAwayError } from './errors.ts'
import type { Figures } from './figures/figures.ts'
import type { Load, LoadContext } from './load.ts'
import { inLoad, isInLoad } from './load-scope.ts'
import type { Found, SharedValue, SharedValues, Writing } from './shared-values.ts'
import { inMs, type Lifetime } from './strategies.ts'

export interface FleetLoaderOptions {
  shared: SharedValues
  backend: Backend
  figures: Figures
  logger: Logger
  leaseMs: number
  backoffMs: number
}

export interface FindOptions extends Lifetime {
  tags: readonly string[]
  /** A fresh value in the tier isn't good enough: it is about to expire. */
  refreshes: boolean
  softTimeoutMs?: number | undefined
  hardTimeoutMs?: number | undefined
  /** Called once, when it is known whether this process loads the value. */
  onClaimed?: (() => void) | undefined
}

/** How a value is kept: as was asked, and as its loader decides. */
interface Keeping extends Lifetime {
  tags: Set<string>
}

const keepingOf = ({ ttlMs, graceMs, tags }: FindOptions): Keeping => ({ ttlMs, graceMs, tags: new Set(tags) })

/** A loader that knows that it is one. */
function within(kind: 'leased' | 'alone', load: Load<unknown>): Load<unknown> {
  return (context) => inLoad(kind, async () => await load(context))
}

interface Lease {
  token: string
  sequence: number
  floors: Floors
}

/** Whether the caller has the value, loads it, or waits for someone who does. */
type Claim =
  | { kind: 'found'; value: SharedValue }
  | { kind: 'granted'; lease: Lease; stale: SharedValue | undefined }
  | { kind: 'held'; stale: SharedValue | undefined }
  | { kind: 'failed'; message: string; stale: SharedValue | undefined }
  /** The tier is away: nobody can tell who else loads the same. */
  | { kind: 'alone' }

const defaultHardTimeoutMs = 30_000
/** Waiters hear of the value over the bus; this often they look by themselves, in case that a notice is lost. */
const pollMs = 100
/** Loads at once while nobody can tell who else loads the same. */
const aloneMax = 16
/** How long a value lives that no other process could invalidate, or that was read from servers that are behind. */
const aloneTtlMs = 1_000

export class FleetLoader {
  readonly #options: FleetLoaderOptions
  readonly #waiting = new Map<string, Set<() => void>>()
  readonly #queue: (() => void)[] = []
  #alone = 0

  constructor(options: FleetLoaderOptions) {
    this.#options = options
  }

  /** The value from the tier or the loader; undefined when the loader has none. */
  find(key: string, load: Load<unknown>, options: FindOptions): Promise<SharedValue | undefined> {
    return this.#options.shared.read(key, options.tags).then(
      (found) => {
        if (found.kind !== 'fresh' || options.refreshes) return this.#findElsewhere(key, load, options, found)
        options.onClaimed?.()
        this.#options.figures.sharedHits++
        return found.value
      },
      (error: unknown) => {
        if (!(error instanceof TierAwayError)) throw error
        options.onClaimed?.()
        this.#options.figures.misses++
        return this.#loadAlone(key, load, options)
      },
    )
  }

  /** @param found what was in the tier just now. */
  async #findElsewhere(key: string, load: Load<unknown>, options: FindOptions, found: Found) {
    const { figures } = this.#options
    const { hardTimeoutMs = defaultHardTimeoutMs } = options
    const deadlineMs = performance.now() + hardTimeoutMs
    let isMiss = false
    for (;;) {
      const claim = await this.#claim(key, options, isMiss ? undefined : found).finally(
        isMiss ? undefined : options.onClaimed,
      )
      switch (claim.kind) {
        case 'found':
          if (!isMiss) figures.sharedHits++
          return claim.value
        case 'alone':
          figures.misses++
          return await this.#loadAlone(key, load, options)
        case 'granted':
          if (!isMiss) figures.misses++
          return await this.#load(key, load, claim, options)
        case 'failed':
        case 'held':
          if (claim.stale) {
            figures.staleServed++
            return claim.stale
          }
          if (!isMiss) figures.misses++
          isMiss = true
          if (claim.kind === 'failed') throw new LoadFailedElsewhereError(key, claim.message)
          if (performance.now() >= deadlineMs) throw new LoadTimeoutError(key, hardTimeoutMs)
          figures.waits++
          await this.#changeOf(key)
      }
    }
  }

  /** Looks into the tier, and takes the lease when there is nothing to be served. */
  async #claim(key: string, options: FindOptions, known: Found | undefined): Promise<Claim> {
    const { shared, leaseMs } = this.#options
    const { tags, refreshes } = options
    try {
      const found = known ?? (await shared.read(key, tags))
      if (found.kind === 'fresh' && !refreshes) return { kind: 'found', value: found.value }
      const stale = found.kind === 'none' ? undefined : found.value
      const voidBefore = found.kind === 'fresh' ? 0 : found.voidBefore
      const token = crypto.randomUUID()
      const answer = await shared.tier.lease({ key, token, forMs: leaseMs, voidBefore })
      if (answer.kind === 'failed') return { ...answer, stale }
      if (answer.kind === 'held') return { kind: 'held', stale }
      const lease = { token, sequence: answer.sequence, floors: answer.floors }
      if (refreshes) return { kind: 'granted', lease, stale }
      // The holder before us may have filled it between our look and our lease.
      const again = await shared.judge(answer.bytes, tags)
      if (again.kind !== 'fresh') return { kind: 'granted', lease, stale }
      await shared.tier.fail(key, token)
      return { kind: 'found', value: again.value }
    } catch (error) {
      if (error instanceof TierAwayError) return { kind: 'alone' }
      throw error
    }
  }

  /** Runs the loader under a lease that is kept alive, and writes what it gives. */
  async #load(
    key: string,
    load: Load<unknown>,
    { lease, stale }: { lease: Lease; stale: SharedValue | undefined },
    options: FindOptions,
  ): Promise<SharedValue | undefined> {
    const loading = this.#loadUnder(key, load, lease, stale, options)
    if (!stale || options.softTimeoutMs === undefined) return await loading
    // Whoever has the old value doesn't wait for long; the load goes on.
    loading.catch(() => undefined)
    return await Promise.race([loading, Bun.sleep(options.softTimeoutMs).then(() => stale)])
  }

  /** Something was written under the key: those who wait for it look again. */
  wake(key: string): void {
    const waiting = this.#waiting.get(key)
    if (!waiting) return
    this.#waiting.delete(key)
    for (const wake of waiting) wake()
  }

  async #loadUnder(
    key: string,
    load: Load<unknown>,
    lease: Lease,
    stale: SharedValue | undefined,
    options: FindOptions,
  ): Promise<SharedValue | undefined> {
    const { shared, backend, figures, leaseMs } = this.#options
    const { tier } = shared
    // When the lease is lost the load goes on for those who wait here; `fill` will refuse what it gives.
    const renewal = setInterval(() => void tier.renew(key, lease.token, leaseMs).catch(() => undefined), leaseMs / 3)
    const keeping = keepingOf(options)
    const startedAt = performance.now()
    try {
      figures.loads++
      const { value, isBehind } = await this.#run(key, within('leased', load), keeping, lease.floors, options)
      const writing = { ...keeping, tags: [...keeping.tags], loadMs: performance.now() - startedAt }
      if (value === undefined || isBehind) {
        await this.#withoutTier(() => tier.fail(key, lease.token))
        return value === undefined ? undefined : this.#forMoment(value, writing)
      }
      return await this.#fill(key, lease, value, writing)
    } catch (error) {
      figures.loadFailures++
      const failure = { message: messageOf(error), forMs: this.#options.backoffMs }
      await this.#withoutTier(() => tier.fail(key, lease.token, failure))
      if (!stale) throw error
      this.#options.logger.warn({ key, error: messageOf(error) }, 'a load failed, the old value is served')
      return stale
    } finally {
      clearInterval(renewal)
      await backend.tell({ filled: [key] })
    }
  }

  async #fill(key: string, lease: Lease, value: unknown, writing: Writing) {
    const { shared, figures } = this.#options
    try {
      const filled = await shared.fill(key, lease, value, writing)
      if (filled.isWritten) figures.sets++
      return filled.value
    } catch (error) {
      if (error instanceof TierAwayError) return this.#forMoment(value, writing)
      throw error
    }
  }

  async #run(key: string, load: Load<unknown>, keeping: Keeping, floors: Floors, options: FindOptions) {
    const { backend } = this.#options
    const { hardTimeoutMs = defaultHardTimeoutMs } = options
    const aborting = new AbortController()
    const context: LoadContext = {
      signal: aborting.signal,
      reads: { floors, isBehind: false },
      tag: (...names) => {
        for (const name of names) keeping.tags.add(name)
      },
      keepFor: ({ ttl, grace = 0 }) => void Object.assign(keeping, inMs(ttl, grace)),
    }
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(() => {
      const error = new LoadTimeoutError(key, hardTimeoutMs)
      aborting.abort(error)
      late.reject(error)
    }, hardTimeoutMs)
    try {
      const loading = backend.load(floors, async () => await load(context))
      const { value, isBehind } = await Promise.race([loading, late.promise])
      return { value, isBehind: isBehind || context.reads.isBehind }
    } finally {
      clearTimeout(timer)
    }
  }

  /** Without the tier every process loads for itself, a few at a time, and keeps it only for a moment. */
  async #loadAlone(key: string, load: Load<unknown>, options: FindOptions): Promise<SharedValue | undefined> {
    const { figures } = this.#options
    const keeping = keepingOf(options)
    const { value } = await this.#inTurn(async () => {
      figures.loads++
      return await this.#run(key, within('alone', load), keeping, noFloors, options)
    })
    return value === undefined ? undefined : this.#forMoment(value, { ...keeping, tags: [...keeping.tags], loadMs: 0 })
  }

  /** What another load needs has its turn already: it would wait for those who wait for it. */
  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (isInLoad()) return await work()
    if (this.#alone >= aloneMax) await new Promise<void>((resolve) => this.#queue.push(resolve))
    this.#alone++
    try {
      return await work()
    } finally {
      this.#alone--
      this.#queue.shift()?.()
    }
  }

  /** What this process can only keep for itself. */
  #forMoment(value: unknown, writing: Writing): SharedValue {
    return this.#options.shared.local(value, { ...writing, ttlMs: aloneTtlMs, graceMs: 0 })
  }

  /** The tier may have gone away meanwhile; what is done here only spares others some waiting. */
  async #withoutTier(work: () => Promise<unknown>): Promise<void> {
    await work().catch((error: unknown) => {
      this.#options.figures.tierErrors++
      this.#options.logger.debug({ error: messageOf(error) }, 'the shared cache could not be told')
    })
  }

  #changeOf(key: string): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(key) ?? new Set()
      this.#waiting.set(key, waiting)
      const wake = () => {
        clearTimeout(timer)
        waiting.delete(wake)
        if (waiting.size === 0 && this.#waiting.get(key) === waiting) this.#waiting.delete(key)
        resolve()
      }
      const timer = setTimeout(wake, pollMs * (0.5 + Math.random()))
      waiting.add(wake)
    })
  }
}
